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

/** A workload that counts for a budget. */
export interface Share {
  budget: Budget
  unit: UnitName
  workload: Workload
  /** The release that it comes from; absent for a resource of our own. */
  release?: string
  /** Memory requests of all its pods, in bytes; a daemon set counts once a node of the reference. */
  bytes: number
}

/**
 * Every workload of a region that a budget counts; what an owner renders into the folder of its consumer counts as the owner's.
 * A Job that ends for good is not among them: it has room in what the nodes keep free.
 */
export function budgetShares({ units }: RegionPlan): Share[] {
  const budgetOf = new Map(units.map(({ name, definition }) => [name, definition.budget]))
  const share = (unit: UnitName, workload: Workload, release?: string): Share[] => {
    const budget = budgetOf.get(unit)
    const bytes = parseMemory(workload.memory) * (workload.replicas ?? referenceNodes)
    return budget === undefined || workload.once ? [] : [{ budget, unit, workload, bytes, ...(release !== undefined && { release }) }]
  }
  return units.flatMap(({ name, stages }) =>
    stages.flatMap(({ releases, resources }) => [
      ...releases.flatMap((release) => release.workloads.flatMap((workload) => share(name, workload, release.name))),
      ...resources
        .filter(({ kind }) => kind !== 'Job')
        .flatMap(({ by, workloads }) => workloads.flatMap((workload) => share(by, workload))),
    ]),
  )
}

export const referenceNodes = 3
