import type { Grants } from '../grants.ts'
import { grantsOf } from '../grants.ts'
import { defineRule, type Draft, type PlanRule } from '../rule.ts'

export default defineRule<PlanRule>({
  name: 'storage-moves',
  severity: 'error',
  description: 'Where a component keeps its data changes only after a person has moved the data and said so.',
  on: 'plan',

  check(plan, { previous }) {
    if (!previous) return []
    const { acknowledge, components } = plan.spec.spec
    const now = grantsOf(plan)
    return Object.keys(now)
      .filter((unit) => unit in previous.grants && !acknowledge.includes(`storage-moves/${unit}`))
      .flatMap((unit) => moves(previous.grants[unit] ?? [], now[unit] ?? []).map(({ what, first }) => ({ unit, what, first })))
      .map(({ unit, what, first }): Draft => ({
        at: unit in components ? `spec.components.${unit}` : 'spec.components',
        message: `Unexpected change of where \`${unit}\` keeps its data: ${what}, expected the stores of the last build`,
        fix: `${first}, then write \`acknowledge: [storage-moves/${unit}]\``,
      }))
  },

  examples: {
    pass: `
previous: { harbor: [bucket/harbor-registry] }
units: { harbor: { needs: [{ kind: bucket, name: harbor-registry }] } }`,
    fail: `
previous: { harbor: [bucket/harbor-registry] }
units: { harbor: { needs: [{ kind: bucket, name: harbor-registry }, { kind: database, name: registry }] } }`,
  },
})

/** A store that is gone leaves its data behind; the first of its kind starts empty. A further one beside others takes nothing away. */
function moves(before: Grants[string], now: Grants[string]): { what: string; first: string }[] {
  const kinds = new Set(before.map(kindOf))
  const gone = before
    .filter((store) => !now.includes(store))
    .map((store) => ({ what: `${describe(store)} is gone`, first: 'save its data and load it where the component keeps it now' }))
  const fresh = now
    .filter((store) => !kinds.has(kindOf(store)))
    .map((store) => ({ what: `${describe(store)} is new and empty`, first: 'load the data of the component into it' }))
  return [...gone, ...fresh]
}

const kindOf = (store: string) => store.slice(0, store.indexOf('/'))
const describe = (store: string) => `${kindOf(store)} \`${store.slice(store.indexOf('/') + 1)}\``
