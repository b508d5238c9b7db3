import { mandatoryNames } from '@openova/core'
import { defineRule, type Draft, type PlanRule } from '../rule.ts'

/** The schema of the spec leaves no way to switch one off; this catches what gets around it. */
export default defineRule<PlanRule>({
  name: 'mandatory-set',
  severity: 'error',
  description: 'Every region runs every mandatory component of the catalog; none can be left out.',
  on: 'plan',

  check: ({ regions }, { catalog }) =>
    regions.flatMap(({ region, units }, index) =>
      mandatoryNames
        .filter((name) => catalog.components.has(name) && !units.some((unit) => unit.name === name))
        .map((name): Draft => ({
          at: `spec.regions[${index}]`,
          message: `Unexpected absence of ${name} in ${region.name}, expected all mandatory components there`,
          fix: `let ${name} render what it must in every region; a mandatory component cannot be switched off`,
        })),
    ),

  examples: {
    pass: 'units: { cilium: {}, flux: {} }',
    fail: 'catalog: [cilium, flux]\nunits: { cilium: {} }',
  },
})
