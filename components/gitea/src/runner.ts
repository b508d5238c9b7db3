import { deployment, type Resource, resource } from '@openova/core'
import type { GiteaValues } from './values.ts'

const name = 'act-runner'
const labels = { 'app.kubernetes.io/name': name }

/** Takes jobs from Gitea and runs each in a container of its own Docker daemon; nothing of it outlives the pod. */
export function actionsRunner({ replicas, jobs, memory, memoryLimit, labels: runsOn }: GiteaValues['runner'], secret: string): Resource[] {
  if (replicas === 0) return []
  const config = {
    log: { level: 'info' },
    runner: { capacity: jobs, timeout: '3h' },
    cache: { enabled: true },
    container: { privileged: false },
  }
  return [
    resource('v1/ConfigMap', name, { data: { 'config.yaml': `${JSON.stringify(config, undefined, 2)}\n` } }),
    resource('apps/v1/Deployment', name, {
      // It reads its configuration only at the start.
      annotations: { 'configmap.reloader.stakater.com/reload': name },
      workloads: [deployment(name, { replicas, cpu: '100m', memory, memoryLimit })],
      spec: {
        selector: { matchLabels: labels },
        template: {
          metadata: { labels },
          spec: {
            automountServiceAccountToken: false,
            // A running job gets this long to end.
            terminationGracePeriodSeconds: 600,
            securityContext: { fsGroup: 1000 },
            containers: [
              {
                name: 'runner',
                image: 'docker.io/gitea/act_runner:0.6.1-dind-rootless',
                env: [
                  { name: 'GITEA_INSTANCE_URL', value: 'http://gitea-http.gitea.svc.cluster.local:3000' },
                  { name: 'GITEA_RUNNER_REGISTRATION_TOKEN', valueFrom: { secretKeyRef: { name: secret, key: 'token' } } },
                  { name: 'GITEA_RUNNER_NAME', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
                  { name: 'GITEA_RUNNER_LABELS', value: runsOn.join(',') },
                  { name: 'CONFIG_FILE', value: '/config/config.yaml' },
                  { name: 'DOCKER_HOST', value: 'unix:///var/run/user/1000/docker.sock' },
                ],
                // A rootless daemon still mounts file systems and makes namespaces, which no lower level allows.
                securityContext: { privileged: true },
                volumeMounts: [
                  { name: 'data', mountPath: '/data' },
                  { name: 'docker', mountPath: '/home/rootless/.local/share/docker' },
                  { name: 'config', mountPath: '/config', readOnly: true },
                ],
              },
            ],
            volumes: [
              { name: 'data', emptyDir: {} },
              { name: 'docker', emptyDir: { sizeLimit: '30Gi' } },
              { name: 'config', configMap: { name } },
            ],
          },
        },
      },
    }),
  ]
}
