import {
  type Amount,
  compareText,
  parseCpu,
  parseMemory,
  type Product,
  type RegionPlan,
  type UnitWorkload,
  unitWorkloads,
} from '@openova/core'
import { defineRule, type Draft, type PlanRule } from '../rule.ts'

export default defineRule<PlanRule>({
  name: 'product-budget',
  severity: 'error',
  description: 'What the a la carte components of a product and its own services ask for in a region stays within its budget.',
  on: 'plan',

  check({ regions, spec: { spec } }, { catalog: { products } }) {
    const chosen = spec.products.flatMap((name) => products.get(name) ?? [])
    const found = regions.flatMap((region) =>
      chosen.flatMap((product) => judge(product, region).map((draft) => ({ draft, region: region.region.name }))),
    )
    const messages = [...new Set(found.map(({ draft }) => draft.message))]
    return messages.map((message): Draft => {
      const same = found.filter(({ draft }) => draft.message === message)
      return { ...same[0]!.draft, message: `${message} (${same.map(({ region }) => region).join(', ')})` }
    })
  },

  examples: {
    pass: `
spec: { products: [cortex] }
products: { cortex: { bundles: [milvus], limits: { cpu: '2', memory: 8Gi } } }
units: { milvus: { releases: [{ name: milvus, workloads: [{ kind: StatefulSet, name: milvus, replicas: 3, memory: 2Gi, cpu: 500m, at: "" }] }] } }`,
    fail: `
spec: { products: [cortex] }
products: { cortex: { bundles: [milvus], limits: { cpu: '2', memory: 8Gi } } }
units: { milvus: { releases: [{ name: milvus, workloads: [{ kind: StatefulSet, name: milvus, replicas: 3, memory: 3Gi, cpu: 500m, at: "" }] }] } }`,
  },
})

const quantities = [
  { key: 'cpu', what: 'CPU', limit: parseCpu, print: (cpu: number) => `${cpu / 1000} CPU` },
  { key: 'memory', what: 'memory', limit: parseMemory, print: (bytes: number) => `${(bytes / 2 ** 30).toFixed(2)}Gi` },
] as const

function judge({ name, limits, bundles }: Product, region: RegionPlan): Draft[] {
  const members: ReadonlySet<string> = new Set([
    name,
    ...bundles.filter(({ component }) => component.tier === 'a-la-carte').map(({ component }) => component.name),
  ])
  const shares = unitWorkloads(region)
    .filter(({ unit }) => members.has(unit))
    .map((one) => ({ ...one, ...amountOf(one, region) }))
  return quantities.flatMap(({ key, what, limit, print }): Draft[] => {
    const used = shares.reduce((sum, share) => sum + share[key], 0)
    const allowed = limit(limits[key])
    if (used <= allowed) return []
    const largest = shares.toSorted((a, b) => b[key] - a[key] || compareText(a.workload.name, b.workload.name)).slice(0, 3)
    const named = largest.map((share) => `${share.unit}/${share.workload.name} ${print(share[key])}`).join(', ')
    return [
      {
        at: 'spec.products',
        message: `Unexpected ${print(used)} in product ${name}, expected at most ${print(allowed)} of ${what} in a region; the largest: ${named}`,
        fix: `lower the values of these components that make them larger, or choose the components without the product`,
      },
    ]
  })
}

function amountOf({ workload: { cpu, memory, replicas } }: UnitWorkload, { region }: RegionPlan): Pick<Amount, 'cpu' | 'memory'> {
  const count = replicas ?? region.nodes
  return { cpu: parseCpu(cpu) * count, memory: parseMemory(memory) * count }
}
