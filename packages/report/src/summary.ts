import { budgetLimits, budgets } from '@openova/core'
import type { Budget, Plan } from '@openova/core'
import type { Paint } from './paint.ts'
import { printShare, printTable } from './table.ts'
import { budgetUsage, regionUsage } from './usage.ts'
import type { RegionUsage } from './usage.ts'

export interface Summary {
  regions: ({ name: string; cluster: string } & RegionUsage & { budgets: { name: Budget; used: number; limit: number }[] })[]
}

/** The plan in figures: CPU in millicores, memory in bytes. */
export function summarize(plan: Plan): Summary {
  const regions = plan.regions.map((region) => {
    const used = budgetUsage(region)
    return {
      name: region.region.name,
      cluster: region.region.clusterName,
      ...regionUsage(region),
      budgets: budgets.map((name) => ({ name, used: used.get(name) ?? 0, limit: budgetLimits[name] })),
    }
  })
  return { regions }
}

export function printSummary({ regions }: Summary, paint: Paint): string {
  return `${printRegions({ regions }, paint)}\n${printBudgets({ regions }, paint)}`
}

function printRegions({ regions }: Summary, paint: Paint): string {
  const head = ['region', 'cluster', 'nodes', 'components', 'pods', 'CPU requested', 'memory requested'].map(paint.dim)
  const rows = regions.map(({ name, cluster, nodes, components, pods, cpu, memory }) => [
    paint.bold(name),
    cluster,
    String(nodes),
    String(components),
    String(pods),
    `${(cpu.requested / 1000).toFixed(1)} of ${cpu.capacity / 1000}`,
    `${gib(memory.requested)} of ${memory.capacity / 2 ** 30} GB`,
  ])
  return printTable([head, ...rows], { right: [2, 3, 4, 5, 6] })
}

function printBudgets({ regions }: Summary, paint: Paint): string {
  const head = ['memory budget', ...regions.flatMap(({ name }) => [name, ''])].map(paint.dim)
  const rows = budgets.map((budget) => [budget, ...regions.flatMap((region) => printBudget(region, budget, paint))])
  return printTable([head, ...rows])
}

function printBudget(region: Summary['regions'][number], name: Budget, paint: Paint): string[] {
  const { used = 0, limit = 0 } = region.budgets.find((budget) => budget.name === name) ?? {}
  return printShare(used, limit, gib, paint)
}

const gib = (bytes: number) => `${(bytes / 2 ** 30).toFixed(2)}Gi`
