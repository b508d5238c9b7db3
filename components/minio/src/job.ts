import { job, type Resource, resource, toolImages } from '@openova/core'

export const mcImage = toolImages.mc

interface Script {
  image?: string
  script: string
  /** Environment variable -> key of a Secret. */
  env?: Readonly<Record<string, { secret: string; key: string }>>
  serviceAccountName?: string
  /** Further volumes by mount path. */
  secrets?: Readonly<Record<string, string>>
}

/** A Job that may run again at any time, and does after every change of its script. It trusts the platform CA. */
export function scriptJob(name: string, { image = mcImage, script, env = {}, serviceAccountName, secrets = {} }: Script): Resource {
  const mounts = Object.entries(secrets).map(([mountPath, secretName]) => ({ name: secretName, mountPath, readOnly: true }))
  return resource('batch/v1/Job', name, {
    annotations: { 'kustomize.toolkit.fluxcd.io/force': 'enabled' },
    workloads: [job(name, { replicas: 1, cpu: '10m', memory: '64Mi', memoryLimit: '256Mi' })],
    spec: {
      backoffLimit: 20,
      template: {
        spec: {
          serviceAccountName,
          automountServiceAccountToken: serviceAccountName !== undefined,
          restartPolicy: 'OnFailure',
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
              image,
              command: ['/bin/sh', '-euc', script],
              env: [
                { name: 'MC_CONFIG_DIR', value: '/work/mc' },
                ...Object.entries(env).map(([variable, { secret, key }]) => ({
                  name: variable,
                  valueFrom: { secretKeyRef: { name: secret, key } },
                })),
              ],
              securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } },
              volumeMounts: [
                { name: 'work', mountPath: '/work' },
                { name: 'ca', mountPath: '/work/mc/certs/CAs', readOnly: true },
                ...mounts,
              ],
            },
          ],
          volumes: [
            { name: 'work', emptyDir: { medium: 'Memory', sizeLimit: '16Mi' } },
            { name: 'ca', secret: { secretName: 'minio-tls', items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
            ...Object.values(secrets).map((secretName) => ({ name: secretName, secret: { secretName } })),
          ],
        },
      },
    },
  })
}

/** Opens `local`, this region's MinIO, as root. */
export const openLocal = 'mc alias set local https://minio.minio.svc:9000 "$ROOT_USER" "$ROOT_PASSWORD" >/dev/null\n'

export const rootEnv = (secret: string) => ({
  ROOT_USER: { secret, key: 'rootUser' },
  ROOT_PASSWORD: { secret, key: 'rootPassword' },
})
