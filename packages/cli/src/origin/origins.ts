import { createPlan } from '@openova/core'
import type { Catalog, PlatformSpec, RegionPlan, UnitName } from '@openova/core'
import { flatten } from './flatten.ts'
import { layersOf } from './layers.ts'
import type { Layer, Setting } from './layers.ts'

/** A Helm value, and what sets it: the layer, and within it the one setting, where one can be told. */
export interface Origin {
  key: string
  value: unknown
  layer: Layer['name']
  setting?: Setting
}
export interface ReleaseOrigins {
  release: string
  values: Origin[]
}
interface Question {
  spec: PlatformSpec
  catalog: Catalog
  region: string
  unit: UnitName
}

/**
 * Origins by replay: the unit is rendered with the layers added one by one, and the last layer that changed a key set it;
 * within that layer each setting is taken away in turn, and the one without which the key changes is the origin.
 * Settings of other units count too: a claim may change what its owner renders.
 */
export function findOrigins({ spec, catalog, region, unit }: Question): ReleaseOrigins[] {
  const layers = layersOf(spec, catalog, region)
  const renders = layers.map((layer) => rendered(layer.spec, layer.catalog))
  const final = renders.at(-1) ?? new Map<string, Values>()
  const origins = new Map(
    [...final].map(([release, values]) => [release, [...values].map(([key, value]) => originOf(release, key, value))]),
  )

  for (const [index, layer] of layers.entries()) {
    const open = [...origins].flatMap(([release, keys]) => keys.filter((key) => key.layer === layer.name).map((key) => ({ release, key })))
    for (const setting of ownFirst(layer.settings, unit)) {
      const unsettled = open.filter(({ key }) => !key.setting)
      if (unsettled.length === 0) break
      const reduced = layer.without(setting)
      const without = rendered(reduced.spec, reduced.catalog)
      for (const { release, key } of unsettled) if (differs(renders[index], without, release, key.key)) key.setting = setting
    }
  }
  return [...origins].map(([release, values]) => ({ release, values }))

  function originOf(release: string, key: string, value: unknown): Origin {
    const last = layers.findLastIndex((_, index) => index > 0 && differs(renders[index - 1], renders[index], release, key))
    return { key, value, layer: layers[Math.max(last, 0)]?.name ?? 'defaults' }
  }

  function rendered(spec: PlatformSpec, catalog: Catalog): Rendered {
    const plan = createPlan(spec, catalog).plan?.regions.find((candidate) => candidate.region.name === region)
    return new Map(releasesOf(plan, unit).map(({ name, values }) => [name, flatten(values)]))
  }
}

type Values = ReadonlyMap<string, unknown>
type Rendered = ReadonlyMap<string, Values>

const releasesOf = (plan: RegionPlan | undefined, unit: UnitName) =>
  plan?.units.find(({ name }) => name === unit)?.stages.flatMap(({ releases }) => releases) ?? []

/** What cannot be rendered says nothing about a key. */
function differs(before: Rendered | undefined, after: Rendered | undefined, release: string, key: string): boolean {
  if (!before || !after || before.size === 0 || after.size === 0) return false
  return JSON.stringify(before.get(release)?.get(key)) !== JSON.stringify(after.get(release)?.get(key))
}

const ownFirst = (settings: readonly Setting[], unit: UnitName) =>
  settings.toSorted((a, b) => Number(b.unit === unit) - Number(a.unit === unit))
