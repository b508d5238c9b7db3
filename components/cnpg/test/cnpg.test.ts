import { database, defineComponent, type PlatformSpec, valuesOf } from '@openova/core'
import { catalogWith, objectsOf, oneRegion, planOf, testComponent, testPlatform } from '@openova/testing'
import { describe, expect, test } from 'vitest'
import component from '../src/index.ts'

testComponent(component, {
  cases: [
    { name: 'one-region', spec: oneRegion },
    {
      name: 'two-operators',
      spec: (base) => {
        base.spec.components['cnpg'] = { values: { operatorReplicas: 2 } }
        return base
      },
    },
  ],
})

/** Two databases, followed by the other region. */
const consumer = defineComponent({
  name: 'temporal',
  tier: 'a-la-carte',
  category: 'workflow',
  namespace: 'temporal',
  values: valuesOf<Record<never, never>>({ type: 'object', additionalProperties: false, properties: {} }),
  needs: {
    main: database({ name: 'temporal', scope: 'replicated', storage: '20Gi' }),
    visibility: database({ name: 'temporal_visibility', scope: 'replicated' }),
  },
})

function planWith(change: (spec: PlatformSpec) => PlatformSpec = (spec) => spec) {
  const platform = testPlatform()
  platform.spec.components['temporal'] = {}
  return planOf(change(platform), catalogWith(consumer))
}
type Plan = ReturnType<typeof planWith>
const find = (plan: Plan, region: string, kind: string, name: string) =>
  objectsOf(plan, { region, unit: 'temporal' }).find((one) => one.kind === kind && one.name === name)
const specOf = (plan: Plan, region: string, kind: string, name: string) => find(plan, region, kind, name)?.body['spec']

describe('a database that the other region follows', () => {
  const plan = planWith()

  test('is written in the write region, and starts from its archive in the other', () => {
    expect(specOf(plan, 'region-a', 'Cluster', 'temporal')).toMatchObject({
      bootstrap: { initdb: { database: 'temporal', owner: 'temporal', secret: { name: 'database-temporal' } } },
      replica: { self: 'region-a', primary: 'region-a', source: 'region-b' },
      storage: { size: '20Gi' },
    })
    expect(specOf(plan, 'region-b', 'Cluster', 'temporal')).toMatchObject({
      bootstrap: { recovery: { source: 'region-a' } },
      replica: { self: 'region-b', primary: 'region-a', source: 'region-a' },
    })
  })

  test('lists both regions alike on both sides', () => {
    const a = specOf(plan, 'region-a', 'Cluster', 'temporal')
    const b = specOf(plan, 'region-b', 'Cluster', 'temporal')
    expect(a).toHaveProperty('externalClusters.0.connectionParameters.host', 'temporal-region-a.temporal.svc')
    expect(a).toHaveProperty('externalClusters.1.plugin.parameters.serverName', 'temporal-region-b')
    expect(Reflect.get(Object(a), 'externalClusters')).toEqual(Reflect.get(Object(b), 'externalClusters'))
  })

  test('archives each side to its own MinIO under its own name', () => {
    expect(specOf(plan, 'region-b', 'Cluster', 'temporal')).toHaveProperty('plugins.0.parameters', {
      barmanObjectName: 'store-region-b',
      serverName: 'temporal-region-b',
    })
    expect(specOf(plan, 'region-b', 'ObjectStore', 'store-region-b')).toHaveProperty(
      'configuration.endpointURL',
      'https://minio.minio.svc:9000',
    )
    expect(specOf(plan, 'region-b', 'ObjectStore', 'store-region-a')).toHaveProperty(
      'configuration.endpointURL',
      'https://minio-region-a.minio.svc:9000',
    )
  })

  test('waits for the peer on the following side only', () => {
    expect(find(plan, 'region-b', 'ExternalSecret', 'peer-archive')?.stage).toBe('needs')
    expect(find(plan, 'region-a', 'ExternalSecret', 'peer-archive')?.stage).toBe('peer')
  })

  test('names the archive of the other region before its Cluster on both sides, for the plugin waits for it', () => {
    expect(find(plan, 'region-b', 'ObjectStore', 'store-region-a')?.stage).toBe('needs')
    expect(find(plan, 'region-a', 'ObjectStore', 'store-region-b')?.stage).toBe('needs')
  })

  test('is reached by one name in both regions, whose pods are those that write', () => {
    expect(specOf(plan, 'region-a', 'Service', 'temporal-write')).toHaveProperty('selector')
    expect(specOf(plan, 'region-b', 'Service', 'temporal-write')).not.toHaveProperty('selector')
    expect(specOf(plan, 'region-b', 'Service', 'temporal-visibility-write')).not.toHaveProperty('selector')
    expect(specOf(plan, 'region-b', 'Service', 'temporal-region-a')).not.toHaveProperty('selector')
    expect(specOf(plan, 'region-b', 'Service', 'temporal-region-b')).toHaveProperty('selector')
  })

  test('holds the further database of the same consumer, with an owner of its own', () => {
    expect(specOf(plan, 'region-a', 'Database', 'temporal-visibility')).toEqual({
      cluster: { name: 'temporal' },
      name: 'temporal_visibility',
      owner: 'temporal_visibility',
    })
    expect(specOf(plan, 'region-a', 'DatabaseRole', 'temporal-visibility')).toMatchObject({
      login: true,
      passwordSecret: { name: 'database-temporal-visibility' },
    })
    // A follower would never say that it has applied them.
    expect(find(plan, 'region-b', 'Database', 'temporal-visibility')).toBeUndefined()
    expect(find(plan, 'region-b', 'DatabaseRole', 'temporal-visibility')).toBeUndefined()
    const clusters = objectsOf(plan, { region: 'region-a', unit: 'temporal' }).filter(({ kind }) => kind === 'Cluster')
    expect(clusters.map(({ name }) => name)).toEqual(['temporal'])
  })

  test('has one password for both regions', () => {
    expect(find(plan, 'region-a', 'PushSecret', 'database-temporal')?.stage).toBe('peer')
    expect(find(plan, 'region-b', 'PushSecret', 'database-temporal')).toBeUndefined()
  })
})

test('a switch of the write region swaps both sides', () => {
  const before = planWith()
  const after = planWith((platform) => ({ ...platform, spec: { ...platform.spec, writeRegion: 'region-b' } }))

  for (const [here, there] of [
    ['region-a', 'region-b'],
    ['region-b', 'region-a'],
  ] as const) {
    const swapped = JSON.stringify(specOf(after, here, 'Cluster', 'temporal')).replaceAll(/region-[ab]/g, (name) =>
      name === here ? there : here,
    )
    const expected = Object(specOf(before, there, 'Cluster', 'temporal')) as Record<string, unknown>
    expect(JSON.parse(swapped)).toMatchObject({
      bootstrap: expected['bootstrap'],
      replica: expected['replica'],
      plugins: expected['plugins'],
    })
  }
  expect(specOf(after, 'region-a', 'Service', 'temporal-write')).not.toHaveProperty('selector')
  expect(specOf(after, 'region-b', 'Service', 'temporal-write')).toHaveProperty('selector')
  expect(find(after, 'region-b', 'ExternalSecret', 'peer-archive')?.stage).toBe('peer')
})

test('with one region a replicated database is an ordinary one', () => {
  const plan = planWith(oneRegion)
  const spec = specOf(plan, 'region-a', 'Cluster', 'temporal')
  expect(spec).not.toHaveProperty('replica')
  expect(spec).not.toHaveProperty('externalClusters')
  const services = objectsOf(plan, { region: 'region-a', unit: 'temporal' }).filter(({ kind }) => kind === 'Service')
  expect(services.map(({ name }) => name)).toEqual(['temporal-visibility-rw'])
})

describe('a database whose changes are read', () => {
  const reading = defineComponent({
    ...consumer,
    name: 'temporal',
    tier: 'a-la-carte',
    needs: {
      main: database({ name: 'temporal', scope: 'replicated', storage: '20Gi', changes: true }),
      visibility: database({ name: 'temporal_visibility', scope: 'replicated', changes: true }),
    },
  })
  const platform = testPlatform()
  platform.spec.components['temporal'] = {}
  const plan = planOf(platform, catalogWith(reading))

  test('lets its user read them, and keeps its place when another server takes over, but never fills the volume', () => {
    expect(specOf(plan, 'region-a', 'Cluster', 'temporal')).toMatchObject({
      managed: { roles: [{ name: 'temporal', replication: true, passwordSecret: { name: 'database-temporal' } }] },
      replicationSlots: { highAvailability: { synchronizeLogicalDecoding: true } },
      postgresql: { parameters: { sync_replication_slots: 'on', hot_standby_feedback: 'on', max_slot_wal_keep_size: '10240MB' } },
    })
    expect(specOf(plan, 'region-a', 'DatabaseRole', 'temporal-visibility')).toMatchObject({ replication: true })
  })

  test('publishes all of its tables on the side that writes', () => {
    expect(specOf(plan, 'region-a', 'Publication', 'temporal-visibility-changes')).toEqual({
      cluster: { name: 'temporal' },
      dbname: 'temporal_visibility',
      name: 'changes',
      target: { allTables: true },
    })
    expect(find(plan, 'region-a', 'Publication', 'temporal-changes')).toBeDefined()
    expect(find(plan, 'region-b', 'Publication', 'temporal-changes')).toBeUndefined()
  })

  test('is otherwise left as it was', () => {
    expect(specOf(planWith(), 'region-a', 'Cluster', 'temporal')).not.toHaveProperty('managed')
    expect(specOf(planWith(), 'region-a', 'Cluster', 'temporal')).not.toHaveProperty('replicationSlots')
  })
})

test('leads consumers through a pooler where one is wanted', () => {
  const platform = testPlatform()
  platform.spec.components['cnpg'] = { values: { pooler: { enabled: true } } }
  const harbor = objectsOf(planOf(platform), { region: 'region-a', unit: 'harbor' })
  expect(harbor.find(({ kind }) => kind === 'Pooler')).toMatchObject({ name: 'registry-pooler' })
})

describe('a database of another kind', () => {
  const asking = defineComponent({
    ...consumer,
    name: 'temporal',
    tier: 'a-la-carte',
    needs: {
      main: database({ name: 'papers', scope: 'replicated', engine: 'documentdb' }),
      visibility: database({ name: 'synapse', scope: 'regional', locale: 'C' }),
    },
  })
  const platform = testPlatform()
  platform.spec.components['temporal'] = {}
  const plan = planOf(platform, catalogWith(asking))

  test('has the image and the settings of FerretDB on both sides', () => {
    for (const region of ['region-a', 'region-b'])
      expect(specOf(plan, region, 'Cluster', 'papers')).toMatchObject({
        imageName: expect.stringContaining('postgres-documentdb:17-') as string,
        postgresUID: 999,
        postgresql: { shared_preload_libraries: ['pg_cron', 'pg_documentdb_core', 'pg_documentdb'] },
        resources: { requests: { memory: '768Mi' } },
      })
  })

  test('gives FerretDB what it needs of the database that holds the extension', () => {
    expect(specOf(plan, 'region-a', 'Cluster', 'papers')).toHaveProperty(
      'bootstrap.initdb.postInitSQL',
      expect.arrayContaining(['GRANT documentdb_admin_role TO "papers"']),
    )
    expect(JSON.stringify(find(plan, 'region-a', 'ExternalSecret', 'database-papers')?.body)).toContain('"database":"postgres"')
  })

  test('has the collation that was asked for', () => {
    expect(specOf(plan, 'region-a', 'Database', 'synapse')).toMatchObject({
      template: 'template0',
      encoding: 'UTF8',
      localeCollate: 'C',
      localeCType: 'C',
    })
  })
})
