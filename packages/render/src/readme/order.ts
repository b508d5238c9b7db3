import { compareText, type StageName, type UnitPlan } from '@openova/core'

/** Stages by the earliest step at which they can be applied, and the longest chain of waiting. */
export function describeOrder(units: readonly UnitPlan[]): {
  steps: { number: number; stages: string }[]
  critical: string
  length: number
} {
  const edges = new Map(
    units.flatMap(({ stages }) => stages.map(({ name, dependsOn }) => [name, dependsOn.toSorted(compareText)] as const)),
  )
  const chains = new Map<StageName, StageName[]>()
  const all = [...edges.keys()].toSorted(compareText)
  const longest = all
    .map((name) => chainTo(name, edges, chains))
    .reduce<StageName[]>((best, chain) => (chain.length > best.length ? chain : best), [])
  const byStep = Map.groupBy(all, (name) => chains.get(name)!.length)
  const steps = [...byStep].toSorted(([a], [b]) => a - b).map(([number, names]) => ({ number, stages: names.join(', ') }))
  return { steps, critical: longest.join(' -> '), length: longest.length }
}

/** The longest chain that ends in this stage; a stage that is met again within its own chain (a cycle, reported elsewhere) counts as its start. */
function chainTo(name: StageName, edges: ReadonlyMap<StageName, readonly StageName[]>, chains: Map<StageName, StageName[]>): StageName[] {
  const known = chains.get(name)
  if (known) return known
  chains.set(name, [name])
  const before = (edges.get(name) ?? [])
    .filter((other) => edges.has(other))
    .map((other) => chainTo(other, edges, chains))
    .reduce<StageName[]>((best, chain) => (chain.length > best.length ? chain : best), [])
  const chain = [...before, name]
  chains.set(name, chain)
  return chain
}
