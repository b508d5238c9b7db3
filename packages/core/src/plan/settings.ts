import type { Component, Product } from '../contract.ts'
import { withDefaults } from '../defaults.ts'
import type { PlatformSpec, Settings } from '../model.ts'
import type { UnitName } from '../names.ts'
import { mergeDeep } from '../paths.ts'

/** Values of a unit in a region: schema defaults, then products, the platform, the region. */
export function valuesOfUnit(
  unit: Component,
  { spec, products, region }: { spec: PlatformSpec; products: readonly Product[]; region: string | undefined },
): Record<string, unknown> {
  const bundled = products.flatMap(({ bundles }) => bundles).filter(({ component }) => component.name === unit.name)
  const layers = [...bundled.map(({ values }) => values), ...settingsOf(unit.name, spec, region).map(({ values }) => values)]
  return withDefaults(unit.values.schema, layers.reduce<unknown>(mergeDeep, {})) as Record<string, unknown>
}

/** Helm values that the platform and the region add to a release, merged. */
export function helmValuesOf(unit: UnitName, release: string, spec: PlatformSpec, region: string | undefined): unknown {
  return settingsOf(unit, spec, region)
    .map(({ helmValues }) => helmValues?.[release])
    .reduce<unknown>(mergeDeep, {})
}

function settingsOf(unit: UnitName, { spec }: PlatformSpec, region: string | undefined): Settings[] {
  const regional = spec.regions.find(({ name }) => name === region)?.components[unit]
  return [spec.components[unit], regional].filter((settings) => settings !== undefined)
}
