import { parseCpu, parseMemory } from '@openova/core'
import type { Budget, RegionPlan, UnitName, UnitPlan, Workload } from '@openova/core'

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

/** Memory requests of each budget, in bytes, at the reference of three nodes; what an owner renders for a consumer is the owner's. */
export function budgetUsage({ units }: RegionPlan): Map<Budget, number> {
  const budgetOf = new Map(units.map(({ name, definition }) => [name, definition.budget]))
  const used = new Map<Budget, number>()
  for (const { name, stages } of units) {
    for (const { releases, resources } of stages) {
      for (const { workloads } of releases) add(name, workloads)
      for (const { by, workloads } of resources) add(by, workloads)
    }
  }
  return used

  function add(unit: UnitName, workloads: readonly Workload[]) {
    const budget = budgetOf.get(unit)
    const memory = sum(workloads.map(({ memory, replicas = referenceNodes }) => parseMemory(memory) * replicas))
    if (budget && memory > 0) used.set(budget, (used.get(budget) ?? 0) + memory)
  }
}

/** What the mandatory components may ask for in a region of three nodes, in bytes. */
export const budgetLimits: Readonly<Record<Budget, number>> = {
  core: parseMemory('2Gi'),
  observability: parseMemory('3Gi'),
  storage: parseMemory('4Gi'),
  security: parseMemory('1536Mi'),
  git: parseMemory('1Gi'),
  operations: parseMemory('512Mi'),
}
const referenceNodes = 3

const workloadsOf = ({ stages }: UnitPlan) =>
  stages.flatMap(({ releases, resources }) => [...releases, ...resources].flatMap(({ workloads }) => workloads))

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0)
