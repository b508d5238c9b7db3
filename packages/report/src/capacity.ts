import { budgetLimits, budgets, compareText, parseCpu, parseMemory, referenceNodes, regionCapacity } from '@openova/core'
import type { Amount, Budget, Plan, RegionPlan, UnitName, Workload } from '@openova/core'
import type { Paint } from './paint.ts'
import { printShare, printTable } from './table.ts'
import { budgetUsage } from './usage.ts'

/** CPU in millicores, memory in bytes. */
export interface CapacityReport {
  regions: {
    name: string
    cluster: string
    nodes: number
    requested: Amount
    /** What the system, K3s and the eviction margin leave for pods. */
    schedulable: Amount
    /** At the reference of three nodes. */
    budgets: { name: Budget; used: number; limit: number }[]
    /** Mandatory components that no budget counts: their memory, at the same reference. */
    withoutBudget: { components: UnitName[]; used: number }
    /** By memory; `cpu` and `memory` are those of all its pods. */
    largest: { component: UnitName; workload: string; pods: number; cpu: number; memory: number }[]
  }[]
}

export function describeCapacity(regions: Plan['regions']): CapacityReport {
  return {
    regions: regions.map((plan) => {
      const used = budgetUsage(plan)
      return {
        name: plan.region.name,
        cluster: plan.region.clusterName,
        nodes: plan.region.nodes,
        ...regionCapacity(plan),
        budgets: budgets.map((name) => ({ name, used: used.get(name) ?? 0, limit: budgetLimits[name] })),
        withoutBudget: withoutBudget(plan),
        largest: largest(plan),
      }
    }),
  }
}

export function printCapacity({ regions }: CapacityReport, paint: Paint): string {
  return regions.map((region) => printRegion(region, paint)).join('\n')
}

function withoutBudget(plan: RegionPlan): CapacityReport['regions'][number]['withoutBudget'] {
  const free = plan.units.filter(({ definition: { tier, budget } }) => tier === 'mandatory' && budget === undefined).map(({ name }) => name)
  const bytes = ownedWorkloads(plan)
    .filter(({ component }) => free.includes(component))
    .map(({ workload: { memory, replicas = referenceNodes } }) => parseMemory(memory) * replicas)
  return { components: free.toSorted(compareText), used: bytes.reduce((sum, one) => sum + one, 0) }
}

function largest(plan: RegionPlan): CapacityReport['regions'][number]['largest'] {
  return ownedWorkloads(plan)
    .map(({ component, workload: { name, cpu, memory, replicas = plan.region.nodes } }) => ({
      component,
      workload: name,
      pods: replicas,
      cpu: parseCpu(cpu) * replicas,
      memory: parseMemory(memory) * replicas,
    }))
    .toSorted((a, b) => b.memory - a.memory || compareText(`${a.component}/${a.workload}`, `${b.component}/${b.workload}`))
    .slice(0, 10)
}

/** What an owner renders into the folder of its consumer is the owner's, as it is in the budgets. */
function ownedWorkloads({ units }: RegionPlan): { component: UnitName; workload: Workload }[] {
  return units.flatMap(({ name, stages }) =>
    stages.flatMap(({ releases, resources }) => [
      ...releases.flatMap(({ workloads }) => workloads.map((workload) => ({ component: name, workload }))),
      ...resources.flatMap(({ by, workloads }) => workloads.map((workload) => ({ component: by, workload }))),
    ]),
  )
}

function printRegion(region: CapacityReport['regions'][number], paint: Paint): string {
  const { name, cluster, nodes, requested, schedulable } = region
  const head = [paint.bold(name), '', paint.dim(`requested of schedulable, ${cluster}, ${nodes} nodes`)]
  const amounts = measures.map(({ label, key, print }) => [label, ...printShare(requested[key], schedulable[key], print, paint)])
  const budgetHead = ['memory budget', '', `used of limit, at ${referenceNodes} nodes`].map(paint.dim)
  const budgetRows = region.budgets.map(({ name: budget, used, limit }) => [budget, ...printShare(used, limit, gib, paint)])
  const { components, used } = region.withoutBudget
  const free = ['no budget', '', `${gib(used)} in ${components.length} mandatory ${components.length === 1 ? 'component' : 'components'}`]
  return `${printTable([head, ...amounts, [], budgetHead, ...budgetRows, free])}\n${printLargest(region, paint)}`
}

function printLargest({ largest: rows, requested }: CapacityReport['regions'][number], paint: Paint): string {
  const head = ['largest by memory', 'workload', 'pods', 'CPU', 'memory', 'of all'].map(paint.dim)
  const share = (memory: number) => `${Math.round((memory / requested.memory) * 100)} %`
  const body = rows.map(({ component, workload, pods, cpu, memory }) => [
    component,
    workload,
    String(pods),
    cores(cpu),
    gib(memory),
    share(memory),
  ])
  return printTable([head, ...body], { right: [2, 3, 4, 5] })
}

const gib = (bytes: number) => `${(bytes / 2 ** 30).toFixed(2)}Gi`
const cores = (millicores: number) => (millicores / 1000).toFixed(2)
const measures = [
  { label: 'CPU', key: 'cpu', print: cores },
  { label: 'memory', key: 'memory', print: gib },
  { label: 'pods', key: 'pods', print: String },
  { label: 'volumes', key: 'volumes', print: String },
] as const
