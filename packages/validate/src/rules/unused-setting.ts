import { getIn, isMap, type Plan, type Settings, type UnitPlan } from '@openova/core'
import { didYouMean } from '../nearest.ts'
import { defineRule, type Draft, type PlanRule } from '../rule.ts'

export default defineRule<PlanRule>({
  name: 'unused-setting',
  severity: 'error',
  description: 'Every setting has an effect: its component is chosen, its release exists, and a region says only what differs.',
  on: 'plan',

  check(plan) {
    return [...settingsOfUnits(plan), ...writeRegions(plan), ...repeated(plan)]
  },

  examples: {
    pass: `
units: { harbor: { releases: [{ name: harbor }] } }
spec: { components: { harbor: { helmValues: { harbor: { portal: { replicas: 2 } } } } } }`,
    fail: `
units: { harbor: { releases: [{ name: harbor }] } }
spec: { components: { harbor: { helmValues: { habor: { portal: { replicas: 2 } } } } } }`,
  },
})

/** Settings of a component that is not chosen, and helm values of a release that does not exist. */
function settingsOfUnits({ spec: { spec }, regions }: Plan): Draft[] {
  const everywhere = unitsOf(regions.flatMap(({ units }) => units))
  const places = [{ at: 'spec.components', settings: spec.components, units: everywhere }]
  regions.forEach(({ units }, index) =>
    places.push({ at: `spec.regions[${index}].components`, settings: spec.regions[index]?.components ?? {}, units: unitsOf(units) }),
  )
  return places.flatMap(({ at, settings, units }) =>
    Object.entries(settings).flatMap(([name, { helmValues = {} }]): Draft[] => {
      const releases = units.get(name)
      if (releases === undefined) {
        return [
          {
            at: `${at}.${name}`,
            message: `Unexpected settings of \`${name}\`, expected settings of what this platform runs`,
            fix: `choose it by naming it under \`spec.components\`, or take the settings out`,
          },
        ]
      }
      return Object.keys(helmValues)
        .filter((release) => !releases.includes(release))
        .map((release) => ({
          at: `${at}.${name}.helmValues.${release}`,
          message: `Unexpected release \`${release}\`, expected a release of ${name}, which has ${releases.join(', ') || 'none'}`,
          fix: releases.length > 0 ? didYouMean(release, releases) : 'take it out',
        }))
    }),
  )
}

/** Unit -> names of its releases. */
function unitsOf(units: readonly UnitPlan[]): Map<string, string[]> {
  const names = new Map<string, string[]>()
  for (const { name, stages } of units)
    names.set(name, [
      ...new Set([...(names.get(name) ?? []), ...stages.flatMap(({ releases }) => releases.map((release) => release.name))]),
    ])
  return names
}

function writeRegions({ spec: { spec }, regions }: Plan): Draft[] {
  const chosen = new Set<string>(regions.flatMap(({ units }) => units.map(({ name }) => name)))
  return Object.keys(spec.writeRegions)
    .filter((service) => !chosen.has(service))
    .map((service) => ({
      at: `spec.writeRegions.${service}`,
      message: `Unexpected write region of \`${service}\`, expected one of a service that this platform runs`,
      fix: didYouMean(service, [...chosen]),
    }))
}

/** What a region sets and would have anyway. */
function repeated({ spec: { spec }, baseline }: Plan): Draft[] {
  return spec.regions.flatMap(({ name: region, components }, index) =>
    Object.entries(components).flatMap(([name, { values, helmValues }]): Draft[] => {
      const unit = baseline[index]?.units.find((one) => one.name === name)
      if (!unit) return []
      const platform: Settings = spec.components[name] ?? {}
      return [...same(values, unit.values, 'values'), ...same(helmValues, platform.helmValues, 'helmValues')].map(({ at, value }) => ({
        at: `spec.regions[${index}].components.${name}.${at}`,
        severity: 'warning',
        message: `Setting \`${JSON.stringify(value)}\` of ${region} changes nothing, expected one that differs from the platform's`,
        fix: 'take it out',
      }))
    }),
  )
}

/** Leaves of `over` that `base` has too. */
function same(over: unknown, base: unknown, at: string): { at: string; value: unknown }[] {
  if (isMap(over))
    return Object.entries(over).flatMap(([key, value]) =>
      same(value, getIn(base, key.replaceAll('.', '\\.')), `${at}.${key.replaceAll('.', '\\.')}`),
    )
  return over !== undefined && JSON.stringify(over) === JSON.stringify(base) ? [{ at, value: over }] : []
}
