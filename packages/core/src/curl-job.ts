import { job, resource } from './nouns.ts'
import type { Resource } from './contract.ts'
import { toolImages } from './tool-images.ts'

interface CurlJob {
  /** For the shell of the image, which has curl and little else. */
  script: string
  /** Environment variable -> key of a Secret. */
  env: Readonly<Record<string, { secret: string; key: string }>>
  /** Secrets by the path at which their files lie. */
  secrets?: Readonly<Record<string, string>>
}

/** A Job that calls an API; it may run again at any time, and does after every change of its script. */
export function curlJob(name: string, { script, env, secrets = {} }: CurlJob): Resource {
  const mounts = Object.entries(secrets).map(([mountPath, secretName]) => ({ name: mountPath.replaceAll('/', ''), mountPath, secretName }))
  const hasFiles = mounts.length > 0
  return resource('batch/v1/Job', name, {
    annotations: { 'kustomize.toolkit.fluxcd.io/force': 'enabled' },
    workloads: [job(name, { replicas: 1, cpu: '10m', memory: '32Mi' })],
    spec: {
      backoffLimit: 20,
      template: {
        spec: {
          automountServiceAccountToken: false,
          restartPolicy: 'OnFailure',
          securityContext: {
            runAsNonRoot: true,
            runAsUser: 100,
            runAsGroup: 101,
            ...(hasFiles && { fsGroup: 101 }),
            seccompProfile: { type: 'RuntimeDefault' },
          },
          containers: [
            {
              name,
              image: toolImages.curl,
              command: ['/bin/sh', '-euc', script],
              env: secretEnv(env),
              securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } },
              ...(hasFiles && { volumeMounts: mounts.map(({ name: volume, mountPath }) => ({ name: volume, mountPath, readOnly: true })) }),
            },
          ],
          ...(hasFiles && { volumes: mounts.map(({ name: volume, secretName }) => ({ name: volume, secret: { secretName } })) }),
        },
      },
    },
  })
}

export const secretEnv = (env: CurlJob['env']) =>
  Object.entries(env).map(([name, { secret, key }]) => ({ name, valueFrom: { secretKeyRef: { name: secret, key } } }))
