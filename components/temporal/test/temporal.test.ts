import { getIn, type PlatformSpec } from '@openova/core'
import { objectsOf, oneRegion, planOf, testComponent, testPlatform } from '@openova/testing'
import { describe, expect, test } from 'vitest'
import component from '../src/index.ts'

const withKeycloak = (base: PlatformSpec): PlatformSpec => {
  base.spec.components['keycloak'] = {}
  return base
}

testComponent(component, {
  cases: [
    { name: 'one-region', spec: oneRegion },
    { name: 'written-in-b', spec: (base) => ({ ...base, spec: { ...base.spec, writeRegion: 'region-b' } }) },
    { name: 'with-keycloak', spec: withKeycloak },
    {
      name: 'larger',
      spec: (base) => {
        base.spec.components['temporal'] = {
          values: { replicas: { history: 4 }, historyShards: 1024, storage: '100Gi', namespaces: [{ name: 'orders', retention: '30d' }] },
        }
        return base
      },
    },
  ],
})

function planWith(change: (spec: PlatformSpec) => PlatformSpec = (spec) => spec) {
  const platform = testPlatform()
  platform.spec.components['temporal'] = {}
  return planOf(change(platform))
}
type Plan = ReturnType<typeof planWith>
const helmOf = (plan: Plan, region: string) =>
  plan.regions
    .find((one) => one.region.name === region)
    ?.units.find(({ name }) => name === 'temporal')
    ?.stages.find(({ stage }) => stage === 'install')?.releases[0]?.values ?? {}
const at = (plan: Plan, region: string, path: string) => getIn(helmOf(plan, region), path)

describe('where its database is not written', () => {
  const plan = planWith()

  test('no part has a pod, and nobody touches the schema', () => {
    expect(at(plan, 'region-b', 'server.replicaCount')).toBe(0)
    // The chart would take 0 of a part for none given, and fall back to one.
    expect(at(plan, 'region-b', 'server.frontend.replicaCount')).toBeUndefined()
    expect(at(plan, 'region-b', 'web.replicaCount')).toBe(0)
    expect(at(plan, 'region-b', 'admintools.enabled')).toBe(false)
    for (const store of ['default', 'visibility'])
      expect(at(plan, 'region-b', `server.config.persistence.datastores.${store}.sql.manageSchema`)).toBe(false)
    expect(at(plan, 'region-b', 'server.config.namespaces.create')).toBe(false)
  })

  test('it divides workflows as the other region does', () => {
    const shards = (region: string) => at(plan, region, 'server.config.persistence.numHistoryShards')
    expect(shards('region-a')).toBe(512)
    expect(shards('region-b')).toBe(512)
  })

  test('it comes up after a switch, and the other goes down', () => {
    const after = planWith((platform) => ({ ...platform, spec: { ...platform.spec, writeRegions: { temporal: 'region-b' } } }))
    expect(at(after, 'region-a', 'server.replicaCount')).toBe(0)
    expect(at(after, 'region-b', 'server.history.replicaCount')).toBe(2)
  })
})

describe('the web page', () => {
  const routes = (plan: Plan) =>
    objectsOf(plan, { region: 'region-a', unit: 'temporal' }).flatMap(({ kind, name }) => (kind === 'HTTPRoute' ? [name] : []))

  test('stays inside as long as nobody logs in', () => {
    expect(routes(planWith())).toEqual(['temporal-internal'])
  })

  test('is public with a login', () => {
    const plan = planWith(withKeycloak)
    expect(routes(plan)).toContain('temporal')
    expect(at(plan, 'region-a', 'web.additionalEnv')).toContainEqual({
      name: 'TEMPORAL_AUTH_PROVIDER_URL',
      value: 'http://auth-write.keycloak.svc:8080/realms/openova',
    })
  })
})
