import { aLaCarteNames, hasErrors, mandatoryNames, productNames } from '@openova/core'
import type { Catalog, Plan } from '@openova/core'
import { printFindings, printJson, printTable } from '@openova/report'
import { defineCommand, jsonOption, platformOptions } from '../command.ts'
import { planOnly } from '../generate.ts'
import { findProject } from '../project.ts'

export default defineCommand({
  options: {
    chosen: { description: 'only those that the platform has' },
    ...platformOptions,
    ...jsonOption,
  },
  examples: [
    ['list', 'all 52 components and the products: who is chosen, and why'],
    ['list --chosen --json', 'what the platform has, for a program to read'],
  ],

  async run({ options }, world) {
    const project = findProject(world.folder, options)
    const { plan, findings } = await planOnly(project, world)
    const catalog = await world.loadCatalog()
    const all = describe(catalog, plan)
    const rows = all.filter(({ reasons }) => !options.chosen || reasons !== undefined)
    const products = describeProducts(catalog, plan).filter(({ state }) => !options.chosen || state === 'chosen')

    if (options.json) world.print(printJson({ components: rows, products, findings }))
    else {
      const head = ['component', 'tier', 'category', 'state', 'reason'].map(world.paint.dim)
      world.print(printTable([head, ...rows.map((row) => [row.name, row.tier, row.category ?? '', row.state, reasonOf(row)])]))
      world.print(`\n${count(all, 'mandatory')} mandatory, ${count(all, 'a-la-carte')} a la carte\n`)
      if (products.length > 0) {
        const productHead = ['product', 'state', 'components'].map(world.paint.dim)
        world.print(
          `\n${printTable([productHead, ...products.map(({ name, state, components }) => [name, state, components.join(', ')])])}`,
        )
      }
      if (findings.length > 0) world.print(`\n${printFindings(findings, world.paint)}`)
    }
    return hasErrors(findings) ? 1 : 0
  },
})

interface Row {
  name: string
  tier: 'mandatory' | 'a-la-carte'
  category?: string
  /** `planned`: named, but not built yet. */
  state: 'chosen' | 'available' | 'planned'
  /** By region. */
  reasons?: Record<string, string>
}

function describe({ components }: Catalog, plan: Plan | undefined): Row[] {
  const mandatory: ReadonlySet<string> = new Set(mandatoryNames)
  return [...mandatoryNames, ...aLaCarteNames].map((name): Row => {
    const component = components.get(name)
    const reasons =
      plan?.regions.flatMap(({ region, units }) =>
        units.filter((unit) => unit.name === name).map(({ reason }) => [region.name, reason] as const),
      ) ?? []
    return {
      name,
      tier: mandatory.has(name) ? 'mandatory' : 'a-la-carte',
      ...(component && { category: component.category }),
      state: reasons.length > 0 ? 'chosen' : component ? 'available' : 'planned',
      ...(reasons.length > 0 && { reasons: Object.fromEntries(reasons) }),
    }
  })
}

interface ProductRow {
  name: string
  state: Row['state']
  /** Those that it bundles; what these need comes with them. */
  components: string[]
}

function describeProducts({ products }: Catalog, plan: Plan | undefined): ProductRow[] {
  const chosen: ReadonlySet<string> = new Set(plan?.spec.spec.products)
  return productNames.map((name): ProductRow => {
    const product = products.get(name)
    return {
      name,
      state: chosen.has(name) ? 'chosen' : product ? 'available' : 'planned',
      components: product?.bundles.map(({ component }) => component.name) ?? [],
    }
  })
}

function count(rows: readonly Row[], tier: Row['tier']): string {
  const those = rows.filter((row) => row.tier === tier)
  return `${those.filter(({ state }) => state === 'chosen').length} of ${those.length}`
}

/** Said once where all regions agree. */
function reasonOf({ reasons = {} }: Row): string {
  const said = new Set(Object.values(reasons))
  return said.size <= 1
    ? [...said].join('')
    : Object.entries(reasons)
        .map(([region, reason]) => `${region}: ${reason}`)
        .join('; ')
}
