import { cache, defineComponent, getIn, type Plan, type PlatformSpec, valuesOf } from '@openova/core'
import { catalogWith, objectsOf, oneRegion, planOf, testComponent, testPlatform } from '@openova/testing'
import { describe, expect, test } from 'vitest'
import component from '../src/index.ts'

testComponent(component, {
  cases: [
    { name: 'one-region', spec: oneRegion },
    { name: 'written-in-b', spec: (base) => ({ ...base, spec: { ...base.spec, writeRegions: { valkey: 'region-b' } } }) },
    {
      name: 'larger',
      spec: (base) => {
        base.spec.components['valkey'] = { values: { replicated: { followers: 0 }, cache: { memory: '1Gi', storage: '20Gi' } } }
        return base
      },
    },
  ],
})

/** A consumer of both stores. */
const consumer = defineComponent({
  name: 'openmeter',
  tier: 'a-la-carte',
  category: 'monetization',
  namespace: 'openmeter',
  values: valuesOf<Record<never, never>>({ type: 'object', additionalProperties: false, properties: {} }),
  needs: { seen: cache({ scope: 'replicated' }), queue: cache({}) },
})

function planWith(change: (spec: PlatformSpec) => PlatformSpec = (spec) => spec): Plan {
  const platform = testPlatform()
  Object.assign(platform.spec.components, { valkey: {}, openmeter: {} })
  return planOf(change(platform), catalogWith(consumer))
}
const unitIn = (plan: Plan, name: string, region: string) =>
  plan.regions.find((one) => one.region.name === region)?.units.find((unit) => unit.name === name)
const addressOf = (plan: Plan, unit: string, key: string, region = 'region-a') =>
  unitIn(plan, unit, region)?.needs.find((need) => need.key === key && need.kind === 'cache')?.grant
const valuesIn = (plan: Plan, release: string, region: string) =>
  unitIn(plan, 'valkey', region)
    ?.stages.flatMap(({ releases }) => releases)
    .find(({ name }) => name === release)?.values
const find = (plan: Plan, region: string, unit: 'valkey' | 'openmeter', kind: string, name: string) =>
  objectsOf(plan, { region, unit }).find((one) => one.kind === kind && one.name === name)

describe('the store that is written in one region', () => {
  const plan = planWith()

  test('is reached by one name in both regions, which leads to the server that writes', () => {
    expect(addressOf(plan, 'openmeter', 'seen', 'region-b')).toMatchObject({ address: 'valkey-write.valkey.svc:6379' })
    expect(find(plan, 'region-a', 'valkey', 'Service', 'valkey-write')?.body['spec']).toHaveProperty('selector')
    expect(find(plan, 'region-b', 'valkey', 'Service', 'valkey-write')?.body['spec']).not.toHaveProperty('selector')
  })

  test('is followed by a single server of the other region', () => {
    expect(valuesIn(plan, 'valkey', 'region-a')).toMatchObject({ replica: { replicas: 2 } })
    expect(getIn(valuesIn(plan, 'valkey', 'region-a'), 'valkeyConfig')).not.toContain('replicaof')
    expect(valuesIn(plan, 'valkey', 'region-b')).toMatchObject({
      replica: { replicas: 0 },
      extraValkeySecrets: [{ name: 'replication', mountPath: '/etc/valkey-replication' }],
    })
    expect(getIn(valuesIn(plan, 'valkey', 'region-b'), 'valkeyConfig')).toContain(
      'replicaof valkey-region-a.valkey.svc 6379\ninclude /etc/valkey-replication/replication.conf',
    )
  })

  test('is written by nobody but the failover controller, where that is wanted', () => {
    const strict = planWith((platform) => ({ ...platform, spec: { ...platform.spec, failover: { writeServices: 'controller' } } }))
    expect(find(strict, 'region-a', 'valkey', 'Service', 'valkey-write')?.body['spec']).not.toHaveProperty('selector')
  })

  test('knows the same password of a consumer in both regions, and the regional store each its own', () => {
    const pathIn = (region: string, secret: string) => getIn(find(plan, region, 'valkey', 'ExternalSecret', secret)?.body, 'spec.data')
    for (const region of ['region-a', 'region-b']) {
      expect(pathIn(region, 'valkey-users')).toContainEqual({
        secretKey: 'openmeter-seen',
        remoteRef: { key: 'shared/region-a/openmeter/cache-seen', property: 'password' },
      })
      expect(pathIn(region, 'valkey-cache-users')).toContainEqual({
        secretKey: 'openmeter-queue',
        remoteRef: { key: 'region/openmeter/cache-queue', property: 'password' },
      })
    }
    expect(find(plan, 'region-a', 'openmeter', 'PushSecret', 'cache-seen')?.stage).toBe('peer')
  })

  test('keeps nobody waiting for the other region who only wants the regional one', () => {
    const stages = unitIn(plan, 'valkey', 'region-b')?.stages ?? []
    const before = stages.filter(({ stage }) => stage === 'needs' || stage === 'install')
    expect(JSON.stringify(before.flatMap(({ resources }) => resources))).not.toContain('shared/')
    expect(find(plan, 'region-b', 'valkey', 'ExternalSecret', 'valkey-users')?.stage).toBe('config')
    expect(stages.flatMap(({ releases }) => releases).map(({ name, options }) => [name, options.disableWait])).toEqual([
      ['valkey', true],
      ['valkey-cache', undefined],
    ])
  })

  test('lets the failover controller promote the server of its own region, and do nothing else', () => {
    expect(addressOf(plan, 'failover-controller', 'valkey', 'region-b')).toMatchObject({ address: 'valkey.valkey.svc:6379' })
    expect(getIn(valuesIn(plan, 'valkey', 'region-b'), 'auth.aclUsers.failover-controller-valkey.permissions')).toBe(
      '+ping +hello +info +role +replicaof',
    )
  })
})

test('with one region both stores are alike, and waited for', () => {
  const plan = planWith(oneRegion)
  expect(addressOf(plan, 'openmeter', 'seen')).toMatchObject({ address: 'valkey.valkey.svc:6379' })
  expect(find(plan, 'region-a', 'valkey', 'ExternalSecret', 'valkey-users')?.stage).toBe('needs')
})

test('no user may empty the store, or touch its settings', () => {
  const users = getIn(valuesIn(planWith(), 'valkey-cache', 'region-a'), 'auth.aclUsers')
  expect(Object.keys(Object(users))).toEqual(['default', 'replication', 'gitea-redis', 'harbor-redis', 'openmeter-queue'])
  for (const user of ['gitea-redis', 'harbor-redis', 'openmeter-queue']) {
    expect(getIn(users, `${user}.permissions`)).toMatch(/ -@admin -@dangerous /)
  }
})
