import { deployment, type List, statefulSet, type Workload } from '@openova/core'
import type { MatrixValues } from './values.ts'

/** Two servers that write under one name would tear every room apart, so the other region has none. */
export function workloads(
  { cpu, memory, workers, workerMemory }: MatrixValues,
  { here, calls }: { here: boolean; calls: boolean },
): List<Workload> {
  const replicas = here ? 1 : 0
  return [
    statefulSet('matrix-synapse-main', { at: 'synapse', replicas, cpu, memory }),
    ...workers.map((worker) =>
      statefulSet(`matrix-synapse-${worker}`, { at: `synapse.workers.${worker}`, replicas, cpu, memory: workerMemory }),
    ),
    deployment('matrix-matrix-authentication-service', { at: 'matrixAuthenticationService', replicas, cpu: '100m', memory: '192Mi' }),
    deployment('matrix-haproxy', { at: 'haproxy', replicas, cpu: '100m', memory: '128Mi' }),
    deployment('matrix-element-web', { at: 'elementWeb', replicas, cpu: '50m', memory: '64Mi' }),
    calls && deployment('matrix-matrix-rtc-authorisation-service', { at: 'matrixRTC', replicas, cpu: '50m', memory: '64Mi' }),
    // The way by which the main server and its workers hear of each other; nothing in it outlives them.
    workers.length > 0 && deployment('matrix-redis', { at: 'redis', replicas, cpu: '50m', memory: '64Mi' }),
  ]
}
