import { deployment, job, type Size, type Workload } from '@openova/core'
import type { TemporalValues } from './values.ts'

type Part = keyof TemporalValues['replicas']
const sizes: Readonly<Record<Part, Pick<Size, 'cpu' | 'memory'>>> = {
  frontend: { cpu: '350m', memory: '640Mi' },
  history: { cpu: '500m', memory: '1280Mi' },
  matching: { cpu: '250m', memory: '512Mi' },
  worker: { cpu: '250m', memory: '512Mi' },
}
export const parts: readonly Part[] = ['frontend', 'history', 'matching', 'worker']

/** Without a database that is written there are no pods: the chart takes 0 for the whole server only, never for a part. */
export function workloads({ replicas }: TemporalValues, here: boolean): Workload[] {
  const part = (name: Part) =>
    deployment(`temporal-${name}`, {
      ...sizes[name],
      at: { ...(here && { replicas: `server.${name}.replicaCount` }), resources: `server.${name}.resources` },
      replicas: here ? replicas[name] : 0,
      spread: 'preferred',
    })
  return [
    ...parts.map(part),
    deployment('temporal-web', {
      at: { replicas: 'web.replicaCount', resources: 'web.resources' },
      replicas: here ? 1 : 0,
      cpu: '50m',
      memory: '96Mi',
    }),
    deployment('temporal-admintools', { at: { resources: 'admintools.resources' }, replicas: here ? 1 : 0, cpu: '10m', memory: '64Mi' }),
    job('temporal-schema', {
      at: { resources: 'schema.resources' },
      replicas: 1,
      once: true,
      cpu: '10m',
      memory: '64Mi',
      memoryLimit: '256Mi',
    }),
  ]
}
