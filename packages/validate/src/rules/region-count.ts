import { defineRule, type Draft, type SpecRule } from '../rule.ts'

export default defineRule<SpecRule>({
  name: 'region-count',
  severity: 'error',
  description: 'A platform has one or two regions, each with its own name; one alone has nowhere to fail over to.',
  on: 'spec',

  check({ spec: { regions } }) {
    const twice = regions.flatMap(({ name }, index): Draft[] => {
      const first = regions.findIndex((region) => region.name === name)
      if (first === index) return []
      return [
        {
          at: `spec.regions[${index}].name`,
          message: `Unexpected second region \`${name}\`, expected another name than that of spec.regions[${first}]`,
          fix: 'name it `region-b`',
        },
      ]
    })
    return [...count(regions.length), ...twice]
  },

  examples: {
    pass: 'regions: [{ name: region-a }, { name: region-b }]',
    fail: 'regions: [{ name: region-a }, { name: region-a }]',
  },
})

function count(found: number): Draft[] {
  const at = 'spec.regions'
  if (found === 0)
    return [{ at, message: 'Unexpected 0 regions, expected one or two', fix: 'add a region with its location, network and node pools' }]
  if (found > 2) return [{ at: `${at}[2]`, message: `Unexpected ${found} regions, expected one or two`, fix: 'take out all but two' }]
  if (found === 2) return []
  const message = 'Only one region, expected two: there is no geographic redundancy'
  return [{ at, severity: 'warning', message, fix: 'add a second region, or accept that its loss is the loss of the platform' }]
}
