import type { PlatformSpec } from '@openova/core'
import { didYouMean } from '../nearest.ts'
import { defineRule, type Draft, type SpecRule } from '../rule.ts'

export default defineRule<SpecRule>({
  name: 'unknown-component',
  severity: 'error',
  description: 'Settings name components of the catalog, or they would set nothing.',
  on: 'spec',

  check({ spec }, { components, products }) {
    const known: readonly string[] = [...components.keys(), ...products.keys()]
    return named(spec)
      .filter(({ name }) => !known.includes(name))
      .map(({ name, at }): Draft => ({
        at: `${at}.${name}`,
        message: `Unexpected component \`${name}\`, expected one of the catalog`,
        fix: didYouMean(name, known),
      }))
  },

  examples: {
    pass: 'components: { harbor: {} }',
    fail: 'components: { harbr: {} }',
  },
})

const named = ({ components, regions }: PlatformSpec['spec']) =>
  [
    { settings: components, at: 'spec.components' },
    ...regions.map((region, index) => ({ settings: region.components, at: `spec.regions[${index}].components` })),
  ].flatMap(({ settings, at }) => Object.keys(settings).map((name) => ({ name, at })))
