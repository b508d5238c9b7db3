import { job, type Resource, resource, secretEnv } from '@openova/core'
import { syncScript } from './sync-script.ts'

interface Sync {
  /** Names of the regions. */
  here: string
  there: string
  schedule: string
  /** One side does the work for both; two at once would only get in each other's way. */
  suspend: boolean
  secrets: { here: string; there: string }
}

/** Brings both sides together, and fails where that would take force: the failed run is the alert. */
export function syncJob({ here, there, schedule, suspend, secrets }: Sync): Resource[] {
  return [
    resource('v1/ConfigMap', name, { data: { 'sync.sh': syncScript } }),
    resource('batch/v1/CronJob', name, {
      workloads: [job(name, { replicas: 1, cpu: '20m', memory: '64Mi', memoryLimit: '512Mi' })],
      spec: {
        schedule,
        timeZone: 'Etc/UTC',
        suspend,
        concurrencyPolicy: 'Forbid',
        jobTemplate: {
          spec: {
            backoffLimit: 0,
            activeDeadlineSeconds: 3600,
            // A failure from which the next run recovered is forgotten after an hour.
            ttlSecondsAfterFinished: 3600,
            template: {
              metadata: { labels: { 'app.kubernetes.io/name': 'gitea-sync' } },
              spec: {
                automountServiceAccountToken: false,
                restartPolicy: 'Never',
                securityContext: {
                  runAsNonRoot: true,
                  runAsUser: 1000,
                  runAsGroup: 1000,
                  fsGroup: 1000,
                  seccompProfile: { type: 'RuntimeDefault' },
                },
                containers: [
                  {
                    name,
                    // The server's own image: it has git, curl and a shell.
                    image: 'docker.gitea.com/gitea:1.26.2-rootless',
                    command: ['/bin/bash', '/scripts/sync.sh'],
                    env: [
                      { name: 'HERE', value: `http://gitea-${here}.gitea.svc:3000` },
                      { name: 'THERE', value: `http://gitea-${there}.gitea.svc:3000` },
                      ...secretEnv({
                        HERE_PASSWORD: { secret: secrets.here, key: 'password' },
                        THERE_PASSWORD: { secret: secrets.there, key: 'password' },
                      }),
                      { name: 'HOME', value: '/work' },
                    ],
                    securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } },
                    volumeMounts: [
                      { name: 'work', mountPath: '/work' },
                      { name: 'scripts', mountPath: '/scripts', readOnly: true },
                    ],
                  },
                ],
                volumes: [
                  { name: 'work', emptyDir: { sizeLimit: '20Gi' } },
                  { name: 'scripts', configMap: { name } },
                ],
              },
            },
          },
        },
      },
    }),
  ]
}

const name = 'sync'
