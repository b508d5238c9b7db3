import { catalog } from '@openova/catalog'
import { type Plan, type PlacedResource, setIn } from '@openova/core'
import { planOf, testPlatform } from '@openova/testing'
import { rules } from '@openova/validate'
import { beforeAll, describe, expect, test } from 'vitest'

const rule = rules.find(({ name }) => name === 'replication-pair')!
const check = (plan: Plan) => (rule.on === 'plan' ? rule.check(plan, { catalog }) : [])

const replicated = ['temporal', 'strimzi', 'valkey', 'clickhouse', 'milvus', 'ferretdb', 'keycloak', 'openmeter']

/** Their operators make the Services of one end: arrows.test.ts looks at these. */
const operated: ReadonlySet<string> = new Set(['strimzi', 'clickhouse'])
/** A service lets them into the other region, where they name nothing: by the outside name, from the write region, or not at all. */
const idle: ReadonlySet<string> = new Set(['harbor', 'grafana', 'failover-controller'])

let platform: Plan
beforeAll(() => {
  const chosen = testPlatform()
  for (const name of replicated) chosen.spec.components[name] = {}
  platform = planOf(chosen)
})

test('both ends of everything that is replicated are there', () => {
  expect(check(platform)).toEqual([])
})

describe.each(['region-a', 'region-b'])('without one end in %s', (region) => {
  const isMesh = ({ kind, annotations }: PlacedResource) => kind === 'Service' && annotations['service.cilium.io/global'] === 'true'

  test('no Service of the mesh can be taken away', () => {
    const services = resourcesIn(platform, region).filter((one) => isMesh(one) && !operated.has(one.namespace ?? ''))
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
    expect(
      unnoticed.map(({ namespace = '' }) => namespace).filter((namespace) => !operated.has(namespace) && !idle.has(namespace)),
    ).toEqual([])
  })

  test('no second write node can be named', () => {
    const changed = edit(platform, region, (one) =>
      one.kind === 'Cluster' && one.name === 'temporal' ? [{ ...one, body: setIn(one.body, 'spec.replica.primary', 'nowhere') }] : [one],
    )
    expect(check(changed).map(({ at }) => at)).toContain('Cluster/temporal/temporal')
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
