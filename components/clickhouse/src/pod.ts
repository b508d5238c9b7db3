/** Server, keeper and client of one version. */
export const image = (name: 'clickhouse-server' | 'clickhouse-keeper'): string => `docker.io/altinity/${name}:26.3.53.10001.altinitystable`

/** The images' own user. */
export const restricted = {
  pod: { runAsNonRoot: true, runAsUser: 101, runAsGroup: 101, fsGroup: 101, seccompProfile: { type: 'RuntimeDefault' } },
  container: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } },
} as const

export const fromSecret = (variable: string, name: string, key: string) => ({
  name: variable,
  valueFrom: { secretKeyRef: { name, key } },
})
