import { catalog } from '@openova/catalog'
import { database, defineComponent, type Plan, type PlacedResource, setIn, valuesOf } from '@openova/core'
import { catalogWith, planOf, testPlatform } from '@openova/testing'
import { rules } from '@openova/validate'
import { beforeAll, describe, expect, test } from 'vitest'

const rule = rules.find(({ name }) => name === 'replication-pair')!
const check = (plan: Plan) => (rule.on === 'plan' ? rule.check(plan, { catalog }) : [])

/** Keeps a database that both regions hold. */
const orders = defineComponent({
  name: 'temporal',
  tier: 'a-la-carte',
  category: 'workflow',
  namespace: 'temporal',
  values: valuesOf<Record<never, never>>({}),
  needs: { db: database({ name: 'orders', scope: 'replicated' }) },
})

let platform: Plan
beforeAll(() => {
  const chosen = testPlatform()
  chosen.spec.components.temporal = {}
  platform = planOf(chosen, catalogWith(orders))
})

test('both ends of everything that is replicated are there', () => {
  expect(check(platform)).toEqual([])
})

describe.each(['region-a', 'region-b'])('without one end in %s', (region) => {
  const isMesh = ({ kind, annotations }: PlacedResource) => kind === 'Service' && annotations['service.cilium.io/global'] === 'true'

  test('no Service of the mesh can be taken away', () => {
    const services = resourcesIn(platform, region).filter(isMesh)
    expect(services.length).toBeGreaterThan(5)
    const unnoticed = services.filter((service) => check(edit(platform, region, (one) => (one === service ? [] : [one]))).length === 0)
    expect(unnoticed.map(({ namespace, name }) => `${namespace}/${name}`)).toEqual([])
  })

  test('no policy between the regions can be taken away', () => {
    const policies = resourcesIn(platform, region).filter(
      ({ kind, body }) => kind === 'CiliumNetworkPolicy' && JSON.stringify(body).includes('policy.cluster'),
    )
    expect(policies.length).toBeGreaterThan(3)
    const unnoticed = policies.filter((policy) => check(edit(platform, region, (one) => (one === policy ? [] : [one]))).length === 0)
    expect(unnoticed.map(({ namespace, name }) => `${namespace}/${name}`)).toEqual([])
  })

  test('no second write node can be named', () => {
    const changed = edit(platform, region, (one) =>
      one.kind === 'Cluster' && one.name === 'orders' ? [{ ...one, body: setIn(one.body, 'spec.replica.primary', 'nowhere') }] : [one],
    )
    expect(check(changed).map(({ at }) => at)).toContain('Cluster/temporal/orders')
  })
})

const resourcesIn = ({ regions }: Plan, region: string) =>
  regions
    .filter((one) => one.region.name === region)
    .flatMap(({ units }) => units.flatMap(({ stages }) => stages.flatMap((stage) => stage.resources)))

/** The plan with each object of a region replaced by what `change` makes of it. */
function edit(plan: Plan, region: string, change: (one: PlacedResource) => PlacedResource[]): Plan {
  const regions = plan.regions.map((one) =>
    one.region.name === region
      ? {
          ...one,
          units: one.units.map((unit) => ({
            ...unit,
            stages: unit.stages.map((stage) => ({ ...stage, resources: stage.resources.flatMap(change) })),
          })),
        }
      : one,
  )
  return { ...plan, regions }
}
