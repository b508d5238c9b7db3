import { budgetShares, parseCpu, parseMemory, workloadsOf } from '@openova/core'
import type { Budget, RegionPlan, Workload } from '@openova/core'

/** What runs in a region and what it asks for: CPU in millicores, memory in bytes; capacity is what the pools have in nominal figures. */
export interface RegionUsage {
  nodes: number
  components: number
  pods: number
  cpu: { requested: number; capacity: number }
  memory: { requested: number; capacity: number }
}

export function regionUsage({ region, units }: RegionPlan): RegionUsage {
  const workloads = units.flatMap(workloadsOf)
  const podsOf = ({ replicas = region.nodes }: Workload) => replicas
  const total = (of: (workload: Workload) => number) => sum(workloads.map((workload) => of(workload) * podsOf(workload)))
  return {
    nodes: region.nodes,
    components: units.length,
    pods: total(() => 1),
    cpu: { requested: total(({ cpu }) => parseCpu(cpu)), capacity: sum(region.pools.map(({ count, cpu }) => count * cpu * 1000)) },
    memory: {
      requested: total(({ memory }) => parseMemory(memory)),
      capacity: sum(region.pools.map(({ count, memory }) => count * memory * 2 ** 30)),
    },
  }
}

/** Memory requests of each budget, in bytes, at the reference of three nodes. */
export function budgetUsage(region: RegionPlan): Map<Budget, number> {
  const used = new Map<Budget, number>()
  for (const { budget, bytes } of budgetShares(region)) used.set(budget, (used.get(budget) ?? 0) + bytes)
  return used
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0)
