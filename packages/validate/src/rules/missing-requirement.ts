import type { Facts, Need, Plan, RegionPlan, UnitPlan } from '@openova/core'
import { sourceOf } from '../sources.ts'
import { defineRule, type Draft, type PlanRule } from '../rule.ts'

export default defineRule<PlanRule>({
  name: 'missing-requirement',
  severity: 'error',
  description: 'Whatever a component requires is part of the platform: each required need is answered, each required component is there.',
  on: 'plan',

  check(plan) {
    const found = plan.regions.flatMap((region) =>
      region.units.flatMap((unit) =>
        missingOf(unit, region, plan).map((what): Draft => ({
          at: unit.name in plan.spec.spec.components ? `spec.components.${unit.name}` : 'spec.components',
          message: `Unexpected choice of \`${unit.name}\`, expected ${what} beside it; ${chainTo(unit, region)}`,
          fix: `take \`${unit.name}\` out, or add what offers ${what} to the catalog; the requirement stands in ${sourceOf(unit.name)}`,
        })),
      ),
    )
    return [...new Map(found.map((draft) => [draft.message, draft])).values()]
  },

  examples: {
    pass: 'units: { harbor: { requires: [cilium] }, cilium: {} }',
    fail: 'units: { harbor: { requires: [cilium] } }',
  },
})

function missingOf(unit: UnitPlan, region: RegionPlan, plan: Plan): string[] {
  const { needs = {}, requires = [] } = unit.definition
  const asked: Record<string, Need | false | undefined> = typeof needs === 'function' ? needs(factsOf(unit, region, plan)) : needs
  const unanswered = Object.entries(asked).flatMap(([key, need]) =>
    need && need.mode === 'required' && !unit.needs.some((answer) => answer.key === key) ? [`a ${need.kind}`] : [],
  )
  return [...requires.filter((name) => !region.units.some((other) => other.name === name)), ...unanswered]
}

function factsOf({ values }: UnitPlan, { region, units }: RegionPlan, { spec: { spec }, platform, regions }: Plan): Facts {
  const peer = regions.find((other) => other.region.name !== region.name)?.region
  return {
    values,
    region,
    ...(peer && { peer }),
    platform,
    has: (name) => units.some((unit) => unit.name === name) || spec.products.some((product) => product === name),
    writeRegion: (service) => spec.writeRegions[service] ?? spec.writeRegion ?? platform.regions[0] ?? '',
  }
}

/** `cnpg is here because ferretdb needs a database, librechat requires ferretdb, product cortex`. */
function chainTo(unit: UnitPlan, { units }: RegionPlan): string {
  const byName = new Map<string, UnitPlan>(units.map((one) => [one.name, one]))
  const reasons = [unit.reason]
  for (const reason of reasons) {
    const asker = byName.get(reason.split(' ')[0] ?? '')
    if (asker && !reasons.includes(asker.reason)) reasons.push(asker.reason)
  }
  return `${unit.name} is here because: ${reasons.join(', ')}`
}
