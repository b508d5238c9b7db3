import { getIn, type PlatformSpec, validateValues } from '@openova/core'
import { defineRule, type Draft, type PlanRule } from '../rule.ts'

export default defineRule<PlanRule>({
  name: 'values-schema',
  severity: 'error',
  description: 'The values of each component fit its schema, also after defaults, products, platform and region were merged.',
  on: 'plan',

  check({ spec, regions }) {
    const found = regions.flatMap(({ units }, index) =>
      units.flatMap(({ name, definition, values }) =>
        validateValues(definition.values.schema, values, '').map(({ at, message, fix }): Draft => ({
          at: placeOf(spec, { name, index, at }),
          message,
          fix,
        })),
      ),
    )
    return [...new Map(found.map((draft) => [`${draft.at} ${draft.message}`, draft])).values()]
  },

  examples: {
    pass: 'units: { harbor: { schema: { type: object, properties: { replicas: { type: integer } } }, values: { replicas: 2 } } }',
    fail: 'units: { harbor: { schema: { type: object, properties: { replicas: { type: integer } } }, values: { replicas: two } } }',
  },
})

/** Under the region where the value was set there, else under the platform. */
function placeOf({ spec }: PlatformSpec, { name, index, at }: { name: string; index: number; at: string }): string {
  const path = at.replaceAll(/\[(\d+)\]/g, '.$1')
  const regional = getIn(spec.regions[index]?.components[name]?.values, path) !== undefined
  return `${regional ? `spec.regions[${index}].components` : 'spec.components'}.${name}.values${at === '' ? '' : `.${at}`}`
}
