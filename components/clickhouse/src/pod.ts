/** Server, keeper and client of one version. */
export const image = (name: 'clickhouse-server' | 'clickhouse-keeper'): string => `docker.io/altinity/${name}:26.3.53.10001.altinitystable`

/** The images' own user. */
export const restricted = {
  pod: { runAsNonRoot: true, runAsUser: 101, runAsGroup: 101, fsGroup: 101, seccompProfile: { type: 'RuntimeDefault' } },
  container: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } },
} as const

export const caSecret = 'platform-ca'
export const caFolder = '/etc/platform-ca'
export const caVolume = { name: 'ca', secret: { secretName: caSecret, items: [{ key: 'ca.crt', path: 'ca.crt' }] } }
export const caMount = { name: 'ca', mountPath: caFolder, readOnly: true }
export const caFile = `${caFolder}/ca.crt`

export const fromSecret = (variable: string, name: string, key: string) => ({
  name: variable,
  valueFrom: { secretKeyRef: { name, key } },
})
