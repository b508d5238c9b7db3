import type { Size, Workload } from '../contract.ts'
import { getIn, isMap, mergeDeep, setIn } from '../paths.ts'
import { formatMemory, parseMemory } from '../quantity.ts'

/** Writes each workload's size where the chart (or the object) reads it. */
export function writeSizes(data: Record<string, unknown>, workloads: readonly Workload[], kind?: string): Record<string, unknown> {
  return workloads.reduce((written, workload) => {
    const { replicas, resources } = pathsOf(workload, kind)
    const counted = replicas !== undefined && workload.replicas !== undefined ? setIn(written, replicas, workload.replicas) : written
    return resources === undefined ? counted : setIn(counted, resources, mergeDeep(getIn(counted, resources), resourcesOf(workload)))
  }, data)
}

/** The workload as the data says it now, after whatever was merged over it. */
export function readSize(data: Record<string, unknown>, workload: Workload, kind?: string): Workload {
  const { replicas, resources } = pathsOf(workload, kind)
  const count = replicas === undefined ? undefined : getIn(data, replicas)
  const requests = resources === undefined ? undefined : getIn(data, resources)
  const text = (key: string) => (isMap(requests) ? quantity(getIn(requests, key)) : undefined)
  return {
    ...workload,
    ...(workload.replicas !== undefined && { replicas: typeof count === 'number' ? count : workload.replicas }),
    cpu: text('requests.cpu') ?? workload.cpu,
    memory: text('requests.memory') ?? workload.memory,
    ...(text('limits.memory') && { memoryLimit: text('limits.memory') }),
  }
}

const containers: Readonly<Record<string, string>> = {
  Deployment: 'spec.template.spec.containers',
  StatefulSet: 'spec.template.spec.containers',
  DaemonSet: 'spec.template.spec.containers',
  Job: 'spec.template.spec.containers',
  CronJob: 'spec.jobTemplate.spec.template.spec.containers',
}

/** Where replicas and resources stand: as `at` says; of our own workload objects, at the first container. */
function pathsOf({ at }: Size, kind = ''): { replicas?: string; resources?: string } {
  if (typeof at === 'object') return at
  if (at !== undefined) return { replicas: join(at, 'replicas'), resources: join(at, 'resources') }
  const container = containers[kind]
  if (container === undefined) return {}
  return { ...(!(kind.endsWith('Job') || kind === 'DaemonSet') && { replicas: 'spec.replicas' }), resources: `${container}.0.resources` }
}

/** Memory may grow to its limit, CPU is never throttled; a GPU pod gets exactly what it asks for. */
function resourcesOf({ cpu, memory, memoryLimit, gpu }: Size) {
  if (gpu !== undefined) {
    const exact = { cpu, memory, 'nvidia.com/gpu': gpu }
    return { requests: exact, limits: exact }
  }
  return { requests: { cpu, memory }, limits: { memory: memoryLimit ?? formatMemory(2 * parseMemory(memory)) } }
}

const join = (prefix: string, key: string) => (prefix === '' ? key : `${prefix}.${key}`)

const quantity = (value: unknown) => (typeof value === 'string' || typeof value === 'number' ? String(value) : undefined)
