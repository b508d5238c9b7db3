import { deployment, type List, statefulSet, type Workload } from '@openova/core'
import type { HarborValues } from './values.ts'

/** Its pods, with a database and a Redis of its own where nobody else gives them. */
export function workloads({ replicas, jobReplicas, scanner }: HarborValues, own: { database: boolean; redis: boolean }): List<Workload> {
  return [
    deployment('harbor-core', { at: 'core', replicas, cpu: '50m', memory: '192Mi', memoryLimit: '768Mi', spread: 'preferred' }),
    deployment('harbor-portal', { at: 'portal', replicas: 1, cpu: '10m', memory: '24Mi', memoryLimit: '96Mi' }),
    deployment('harbor-nginx', { at: 'nginx', replicas, cpu: '10m', memory: '24Mi', memoryLimit: '96Mi', spread: 'preferred' }),
    deployment('harbor-registry', {
      at: { replicas: 'registry.replicas', resources: 'registry.registry.resources' },
      replicas,
      cpu: '40m',
      memory: '128Mi',
      memoryLimit: '512Mi',
      spread: 'preferred',
    }),
    // The second container of the registry's pods.
    deployment('harbor-registryctl', { at: { resources: 'registry.controller.resources' }, replicas, cpu: '10m', memory: '32Mi' }),
    deployment('harbor-jobservice', {
      at: 'jobservice',
      replicas: jobReplicas,
      cpu: '20m',
      memory: '96Mi',
      memoryLimit: '384Mi',
      spread: 'preferred',
    }),
    deployment('harbor-exporter', { at: 'exporter', replicas: 1, cpu: '10m', memory: '32Mi', memoryLimit: '128Mi' }),
    own.database &&
      statefulSet('harbor-database', {
        at: { resources: 'database.internal.resources' },
        replicas: 1,
        cpu: '50m',
        memory: '160Mi',
        memoryLimit: '640Mi',
        volume,
      }),
    own.redis &&
      statefulSet('harbor-redis', { at: { resources: 'redis.internal.resources' }, replicas: 1, cpu: '10m', memory: '32Mi', volume }),
    scanner.enabled && statefulSet('harbor-trivy', { at: 'trivy', replicas: 1, cpu: '100m', memory: scanner.memory, volume }),
  ]
}

/** The smallest that cloud volumes come in. */
export const volume = '10Gi'
