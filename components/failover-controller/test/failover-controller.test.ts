import { database, defineComponent, generate, getIn, type PlatformSpec, secret, valuesOf } from '@openova/core'
import { catalogWith, objectsOf, oneRegion, planOf, testComponent, testPlatform, findingsOn } from '@openova/testing'
import { describe, expect, test } from 'vitest'
import component from '../src/index.ts'

testComponent(component, {
  cases: [
    { name: 'one-region', spec: oneRegion },
    {
      name: 'own-registry',
      spec: () => platformWith({ image: { registry: 'registry.example.com/platform', name: 'failover', tag: 'v1.2.3' } }),
    },
    { name: 'other-witnesses', spec: () => platformWith({ witnesses: ['9.9.9.9', '149.112.112.112', '208.67.222.222'], patience: 120 }) },
  ],
})

const nothing = valuesOf<Record<never, never>>({ type: 'object', additionalProperties: false, properties: {} })
const keycloak = defineComponent({
  name: 'keycloak',
  tier: 'a-la-carte',
  category: 'identity',
  namespace: 'keycloak',
  values: nothing,
  needs: { db: database({ name: 'keycloak', scope: 'replicated' }) },
})
const temporal = defineComponent({
  name: 'temporal',
  tier: 'a-la-carte',
  category: 'workflow',
  namespace: 'temporal',
  values: nothing,
  needs: { db: database({ name: 'temporal', scope: 'regional' }) },
})
const valkey = defineComponent({
  name: 'valkey',
  tier: 'a-la-carte',
  category: 'data',
  namespace: 'valkey',
  values: nothing,
  needs: { users: secret('users', { default: generate(32) }) },
  serves: {
    cache: {
      ready: 'needs',
      grant: () => ({ address: 'valkey.valkey.svc:6379' }),
      credential: (claim) => ({ username: { value: claim.consumer }, password: { generate: 32 } }),
    },
  },
})
const catalog = catalogWith(keycloak, temporal, valkey)

describe('without anything to promote', () => {
  test.each<[string, PlatformSpec]>([
    ['no service is replicated', testPlatform()],
    ['there is one region', oneRegion(withServices())],
    ['it may promote nothing', withServices({ promote: [] })],
  ])('it observes and has no rights: %s', (_, platform) => {
    const objects = rendered(platform)
    expect(settingsIn(objects)).toMatchObject({ mode: 'observe', services: [] })
    expect(objects.filter(({ kind }) => kind.startsWith('Role'))).toEqual([])
    expect(podIn(objects)).toMatchObject({ automountServiceAccountToken: false })
  })
})

describe('with services that are replicated', () => {
  const objects = rendered(withServices())
  const rulesIn = (namespace: string) => objects.find((one) => one.kind === 'Role' && one.namespace === namespace)?.body['rules']

  test('it knows each of them in the order of a failover, with its writer and the stages that would undo it', () => {
    expect(settingsIn(objects)).toMatchObject({
      mode: 'automatic',
      region: 'region-a',
      peer: 'region-b',
      services: [
        {
          name: 'keycloak',
          kind: 'cnpg',
          namespace: 'keycloak',
          writer: 'region-b',
          writeServices: ['keycloak-write'],
          stages: ['keycloak-needs'],
        },
        { name: 'valkey', kind: 'valkey', namespace: 'valkey', writer: 'region-a', writeServices: ['valkey-write'] },
        { name: 'keycloak', kind: 'passive', namespace: 'keycloak' },
        { name: 'temporal', kind: 'passive', namespace: 'temporal' },
      ],
    })
  })

  test('it has rights in their namespaces, and nowhere else', () => {
    const roles = objects.filter(({ kind }) => kind === 'Role').map(({ namespace = '' }) => namespace)
    expect(roles.toSorted()).toEqual(['flux-system', 'keycloak', 'temporal', 'valkey'])
    expect(objects.filter(({ kind }) => kind.startsWith('Cluster'))).toEqual([])
  })

  test('it may promote the one database of a namespace, and lead its clients there', () => {
    expect(rulesIn('keycloak')).toEqual(
      expect.arrayContaining([
        { apiGroups: ['postgresql.cnpg.io'], resources: ['clusters'], verbs: ['get', 'list', 'watch', 'patch'] },
        { apiGroups: [''], resources: ['services'], resourceNames: expect.arrayContaining(['keycloak-write']), verbs: ['get', 'patch'] },
      ]),
    )
    expect(JSON.stringify(rulesIn('temporal'))).not.toContain('postgresql.cnpg.io')
  })

  test('it may suspend the stages of these services, by name', () => {
    const rules = rulesIn('flux-system')
    const resourceNames = expect.arrayContaining(['keycloak-needs', 'keycloak-install', 'valkey-install'])
    expect(rules).toMatchObject([{ resources: ['kustomizations'], resourceNames, verbs: ['get', 'patch'] }])
    expect(JSON.stringify(rules)).not.toMatch(/cilium|openbao|flux-/)
  })

  test('it never touches what its values leave out', () => {
    const spared = rendered(withServices({ promote: ['valkey'] }))
    expect(JSON.stringify(spared.filter(({ kind }) => kind === 'Role'))).not.toContain('postgresql.cnpg.io')
    expect(settingsIn(spared)).toMatchObject({
      services: [{ name: 'valkey' }, { name: 'keycloak', kind: 'passive' }, { name: 'temporal' }],
    })
  })

  test('strictly, it writes the endpoints of write Services itself', () => {
    const platform = withServices()
    platform.spec.failover.writeServices = 'controller'
    const strict = rendered(platform)
    expect(settingsIn(strict)).toMatchObject({ writeServices: 'controller' })
    expect(strict.find((one) => one.kind === 'Role' && one.namespace === 'keycloak')?.body['rules']).toEqual(
      expect.arrayContaining([
        {
          apiGroups: ['discovery.k8s.io'],
          resources: ['endpointslices'],
          resourceNames: expect.arrayContaining(['keycloak-write']),
          verbs: ['get', 'update', 'patch', 'delete'],
        },
        { apiGroups: [''], resources: ['services'], resourceNames: expect.arrayContaining(['keycloak-write']), verbs: ['get'] },
      ]),
    )
  })

  test('it logs in to Valkey with a credential of its own', () => {
    expect(podIn(objects)).toMatchObject({
      volumes: [
        { name: 'config' },
        { name: 'lease', secret: { secretName: 'lease' } },
        { name: 'valkey', secret: { secretName: 'cache-valkey' } },
      ],
    })
  })
})

test('the witnesses are asked for a name that k8gb answers with the regions that live', () => {
  expect(settingsIn(rendered(testPlatform()))).toMatchObject({
    witnesses: {
      resolvers: ['8.8.8.8', '1.1.1.1', '9.9.9.9'],
      quorum: 2,
      name: 'failover.gslb.example.com',
      peer: 'failover.hnrp.example.com',
    },
  })
})

test('what a person must supply is the lease store and its token, the same in both regions', () => {
  const asked = planOf(testPlatform()).regions.map(({ units }) => units.find(({ name }) => name === 'failover-controller')?.needs)
  expect(asked.map((needs) => needs?.find(({ key }) => key === 'lease')?.ask)).toMatchObject([
    { keys: { endpoint: { supply: expect.any(String) }, token: { supply: expect.any(String) } } },
    { keys: { endpoint: { supply: expect.any(String) }, token: { supply: expect.any(String) } } },
  ])
})

test('its image is marked as our own', () => {
  const deployment = rendered(testPlatform()).find(({ kind }) => kind === 'Deployment')
  expect(deployment?.annotations).toMatchObject({ 'openova.io/own-image': 'ghcr.io/openova-io/failover-controller:v1.0.0' })
})

test.each<[string, Record<string, unknown>, string]>([
  ['a quorum that is no majority', { quorum: 1 }, 'quorum'],
  ['more witnesses than there are', { quorum: 4 }, 'quorum'],
  ['a heartbeat that a lease does not outlive', { lease: { duration: 30, heartbeat: 15 } }, 'lease.heartbeat'],
  ['less patience than a pod needs to move', { lease: { duration: 60, heartbeat: 20 }, patience: 90 }, 'patience'],
])('refuses %s', (_, values, at) => {
  expect(findingsOn('failover-controller', platformWith(values))).toMatchObject([
    { code: 'component-check', severity: 'error', at: `spec.components.failover-controller.values.${at}` },
  ])
})

test('refuses write Services that nobody would point anywhere', () => {
  const platform = platformWith({ promote: [] })
  platform.spec.failover.writeServices = 'controller'
  expect(findingsOn('failover-controller', platform).map(({ at }) => at)).toEqual(['spec.components.failover-controller.values.promote'])
})

function platformWith(values: Record<string, unknown>): PlatformSpec {
  const platform = testPlatform()
  platform.spec.components['failover-controller'] = { values }
  return platform
}

function withServices(values: Record<string, unknown> = {}): PlatformSpec {
  const platform = platformWith(values)
  Object.assign(platform.spec.components, { keycloak: {}, temporal: {}, valkey: {} })
  platform.spec.writeRegions = { keycloak: 'region-b' }
  return platform
}

function rendered(platform: PlatformSpec) {
  return objectsOf(planOf(platform, catalog), { region: 'region-a', unit: 'failover-controller' })
}
type Objects = ReturnType<typeof rendered>

function settingsIn(objects: Objects): unknown {
  const settings = objects.find(({ kind, name }) => kind === 'ConfigMap' && name === 'failover-controller')
  return JSON.parse(String(getIn(settings?.body, 'data.config\\.json')))
}

const podIn = (objects: Objects): unknown => getIn(objects.find(({ kind }) => kind === 'Deployment')?.body, 'spec.template.spec')
