import { toolImages } from '@openova/core'

/** Server, keeper and client of one version. */
export const image = (name: 'clickhouse-server' | 'clickhouse-keeper'): string => toolImages.clickhouse.replace('clickhouse-server', name)

/** The images' own user. */
export const restricted = {
  pod: { runAsNonRoot: true, runAsUser: 101, runAsGroup: 101, fsGroup: 101, seccompProfile: { type: 'RuntimeDefault' } },
  container: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } },
} as const

export const fromSecret = (variable: string, name: string, key: string) => ({
  name: variable,
  valueFrom: { secretKeyRef: { name, key } },
})
