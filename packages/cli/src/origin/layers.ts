import { isMap } from '@openova/core'
import type { Catalog, PlatformSpec, Settings } from '@openova/core'

/** One thing that a person, or a product, set: the keys that lead to it in the spec, or the source that it stands in. */
export interface Setting {
  unit: string
  keys: readonly string[]
  source?: string
}
/** Everything up to a layer: what a platform would be if nothing stronger were said. */
export interface Layer {
  name: 'defaults' | 'product' | 'platform' | 'region' | 'helmValues' | 'region helmValues'
  spec: PlatformSpec
  catalog: Catalog
  /** What this layer adds. */
  settings: Setting[]
  without(setting: Setting): { spec: PlatformSpec; catalog: Catalog }
}

/** Weakest first, as core merges them; the keys of components stay, so that the choice is the same in all. */
export function layersOf(full: PlatformSpec, catalog: Catalog, region: string): Layer[] {
  const index = full.spec.regions.findIndex(({ name }) => name === region)
  const bundled = bundledSettings(full, catalog)
  const specLayer = (name: Layer['name'], kept: Kept, scope: readonly string[], kind: keyof Settings): Layer => {
    const spec = keep(full, kept)
    return { name, spec, catalog, settings: settingsIn(full, scope, kind), without: ({ keys }) => ({ spec: without(spec, keys), catalog }) }
  }
  const bare = keep(full, { platform: [], region: [] })
  const inRegion = ['spec', 'regions', String(index), 'components']
  const inPlatform = ['spec', 'components']
  return [
    { name: 'defaults', spec: bare, catalog: withoutBundled(catalog), settings: [], without: () => ({ spec: bare, catalog }) },
    {
      name: 'product',
      spec: bare,
      catalog,
      settings: bundled,
      without: (setting) => ({ spec: bare, catalog: withoutBundled(catalog, setting) }),
    },
    specLayer('platform', { platform: ['values'], region: [] }, inPlatform, 'values'),
    specLayer('region', { platform: ['values'], region: ['values'] }, inRegion, 'values'),
    specLayer('helmValues', { platform: ['values', 'helmValues'], region: ['values'] }, inPlatform, 'helmValues'),
    specLayer('region helmValues', { platform: ['values', 'helmValues'], region: ['values', 'helmValues'] }, inRegion, 'helmValues'),
  ]
}

interface Kept {
  platform: (keyof Settings)[]
  region: (keyof Settings)[]
}

function keep(full: PlatformSpec, { platform, region }: Kept): PlatformSpec {
  const regions = full.spec.regions.map((one) => ({ ...one, components: pick(one.components, region) }))
  return { ...full, spec: { ...full.spec, regions, components: pick(full.spec.components, platform) } }
}

function pick(components: Record<string, Settings>, kinds: readonly (keyof Settings)[]): Record<string, Settings> {
  return Object.fromEntries(
    Object.entries(components).map(([name, settings]) => [
      name,
      Object.fromEntries(kinds.flatMap((kind) => (settings?.[kind] ? [[kind, settings[kind]]] : []))),
    ]),
  )
}

function settingsIn(full: PlatformSpec, scope: readonly string[], kind: keyof Settings): Setting[] {
  const components = scope.reduce<unknown>(childOf, full)
  return Object.entries(isMap(components) ? components : {}).flatMap(([unit, settings]) =>
    leaves(childOf(settings, kind)).map((keys) => ({ unit, keys: [...scope, unit, kind, ...keys] })),
  )
}

function without(spec: PlatformSpec, keys: readonly string[]): PlatformSpec {
  const copy = structuredClone(spec)
  const parent = keys.slice(0, -1).reduce<unknown>(childOf, copy)
  const last = keys.at(-1)
  if (isMap(parent) && last !== undefined) delete parent[last]
  return copy
}

function bundledSettings({ spec }: PlatformSpec, { products }: Catalog): Setting[] {
  return spec.products.flatMap((product) =>
    (products.get(product)?.bundles ?? []).flatMap(({ component, values }) =>
      leaves(values).map((keys) => ({ unit: component.name, keys, source: `products/${product}/src/index.ts` })),
    ),
  )
}

/** Products without that setting, or without any. */
function withoutBundled(catalog: Catalog, setting?: Setting): Catalog {
  const products = [...catalog.products].map(([name, product]) => {
    const concerned = !setting || setting.source === `products/${name}/src/index.ts`
    const bundles = product.bundles.map((use) => ({
      ...use,
      values: concerned ? reduced(use.values, use.component.name, setting) : use.values,
    }))
    return [name, { ...product, bundles }] as const
  })
  return { ...catalog, products: new Map(products) }
}

function reduced(values: Readonly<Record<string, unknown>>, unit: string, setting?: Setting): Record<string, unknown> {
  if (!setting) return {}
  const copy = structuredClone(values)
  const parent = setting.keys.slice(0, -1).reduce<unknown>(childOf, copy)
  const last = setting.keys.at(-1)
  if (setting.unit === unit && isMap(parent) && last !== undefined) delete parent[last]
  return copy
}

/** The keys that lead to each thing that is set; a list is one thing. */
function leaves(value: unknown): string[][] {
  if (!isMap(value)) return value === undefined ? [] : [[]]
  return Object.entries(value).flatMap(([key, child]) => leaves(child).map((keys) => [key, ...keys]))
}

const childOf = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[key] : undefined
