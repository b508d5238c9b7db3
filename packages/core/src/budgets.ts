import type { Budget, Workload } from './contract.ts'
import type { RegionPlan } from './model.ts'
import type { UnitName } from './names.ts'
import { parseMemory } from './quantity.ts'

/** What each category of the core platform may ask for in a region, in bytes, at the reference of three nodes. */
export const budgetLimits: Readonly<Record<Budget, number>> = {
  core: parseMemory('2Gi'),
  observability: parseMemory('3Gi'),
  storage: parseMemory('4Gi'),
  security: parseMemory('1536Mi'),
  git: parseMemory('1Gi'),
  operations: parseMemory('512Mi'),
}

/** A workload of a unit; what an owner renders into the folder of its consumer is the owner's. */
export interface UnitWorkload {
  unit: UnitName
  workload: Workload
  /** The release that it comes from; absent for a resource of our own. */
  release?: string
}
/** A workload that counts for the budget of a category. */
export interface Share extends UnitWorkload {
  budget: Budget
  /** Memory requests of all its pods, in bytes; a daemon set counts once a node of the reference. */
  bytes: number
}

/** Every workload of a region but Jobs that end for good: these have room in what the nodes keep free. */
export function unitWorkloads({ units }: RegionPlan): UnitWorkload[] {
  const all = units.flatMap(({ name, stages }) =>
    stages.flatMap(({ releases, resources }) => [
      ...releases.flatMap((release) => release.workloads.map((workload) => ({ unit: name, workload, release: release.name }))),
      ...resources
        .filter(({ kind }) => kind !== 'Job')
        .flatMap(({ by, workloads }) => workloads.map((workload) => ({ unit: by, workload }))),
    ]),
  )
  return all.filter(({ workload }) => !workload.once)
}

/** What counts for the budgets of the categories. */
export function budgetShares(region: RegionPlan): Share[] {
  const budgetOf = new Map(region.units.map(({ name, definition }) => [name, definition.budget]))
  return unitWorkloads(region).flatMap((one): Share[] => {
    const budget = budgetOf.get(one.unit)
    const { memory, replicas = referenceNodes } = one.workload
    return budget === undefined ? [] : [{ ...one, budget, bytes: parseMemory(memory) * replicas }]
  })
}

export const referenceNodes = 3
