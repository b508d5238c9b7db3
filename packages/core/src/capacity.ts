import type { NodePool, Workload } from './contract.ts'
import type { RegionPlan, UnitPlan } from './model.ts'
import { parseCpu, parseMemory } from './quantity.ts'

/** CPU in millicores, memory in bytes, pods and attached volumes. */
export interface Amount {
  cpu: number
  memory: number
  pods: number
  volumes: number
}
/** What a region asks for, and what its nodes can give. */
export interface RegionCapacity {
  requested: Amount
  schedulable: Amount
}

/** The sums of a region: a daemon set counts once a node, a Job once. */
export function regionCapacity({ region, units }: RegionPlan): RegionCapacity {
  const requested = [...k3sWorkloads, ...units.flatMap(workloadsOf)].map((workload) => amountOf(workload, region.nodes))
  return {
    requested: requested.reduce(add, nothing),
    schedulable: region.pools.map((pool) => times(schedulableNode(pool), pool.count)).reduce(add, nothing),
  }
}

/** What pods may ask for on one node of a pool, after the system, K3s and the eviction margin have taken theirs. */
export function schedulableNode({ role, cpu, memory, volumes }: NodePool): Amount {
  const kube = kubeReserved[role]
  return {
    cpu: cpu * 1000 - parseCpu(kube.cpu) - parseCpu(systemReserved.cpu),
    memory: usableMemory(memory) - parseMemory(kube.memory) - parseMemory(systemReserved.memory) - parseMemory(evictionMargin),
    pods: podsPerNode,
    volumes,
  }
}

export function workloadsOf({ stages }: UnitPlan): Workload[] {
  return stages.flatMap(({ releases, resources }) => [...releases, ...resources].flatMap(({ workloads }) => workloads))
}

/** `max-pods` of the kubelet. */
export const podsPerNode = 50
/** Kept by the operating system of every node; the bootstrap tells the kubelet. */
export const systemReserved = { cpu: '100m', memory: '256Mi' } as const
/** Kept by K3s with the kubelet and containerd: with the API server and etcd, or as an agent (figures of K3s' own resource profiling). */
export const kubeReserved = { server: { cpu: '400m', memory: '1587Mi' }, agent: { cpu: '100m', memory: '307Mi' } } as const
/** Below this the kubelet evicts. */
export const evictionMargin = '256Mi'

/** What K3s brings itself. */
const k3sWorkloads: readonly Workload[] = [
  { kind: 'Deployment', name: 'coredns', replicas: 1, cpu: '100m', memory: '70Mi' },
  { kind: 'Deployment', name: 'metrics-server', replicas: 1, cpu: '100m', memory: '70Mi' },
]

/** Nominal GB -> Gi that Linux reports on such servers; between two of them linear, above the last by its share. */
const reported: readonly (readonly [nominal: number, usable: number])[] = [
  [0, 0],
  [8, 7.6],
  [16, 15.4],
  [32, 30.9],
  [64, 62.5],
]

function usableMemory(nominal: number): number {
  const above = reported.findIndex(([size]) => size >= nominal)
  if (above < 0) return nominal * (62.5 / 64) * gibibyte
  const [size, usable] = reported[above]!
  const [smaller, less] = reported[Math.max(0, above - 1)]!
  const share = size === smaller ? 0 : (nominal - smaller) / (size - smaller)
  return (less + share * (usable - less)) * gibibyte
}

function amountOf({ cpu, memory, volume, replicas }: Workload, nodes: number): Amount {
  return times({ cpu: parseCpu(cpu), memory: parseMemory(memory), pods: 1, volumes: volume === undefined ? 0 : 1 }, replicas ?? nodes)
}

const add = (a: Amount, b: Amount): Amount => ({
  cpu: a.cpu + b.cpu,
  memory: a.memory + b.memory,
  pods: a.pods + b.pods,
  volumes: a.volumes + b.volumes,
})
const times = (one: Amount, count: number): Amount => ({
  cpu: one.cpu * count,
  memory: one.memory * count,
  pods: one.pods * count,
  volumes: one.volumes * count,
})
const nothing: Amount = { cpu: 0, memory: 0, pods: 0, volumes: 0 }
const gibibyte = 2 ** 30
