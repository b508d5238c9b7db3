import { defineComponent, documents, type PlatformSpec, valuesOf } from '@openova/core'
import { catalogWith, objectsOf, oneRegion, planOf, testComponent, testPlatform } from '@openova/testing'
import { describe, expect, test } from 'vitest'
import component from '../src/index.ts'

testComponent(component, {
  cases: [
    { name: 'one-region', spec: oneRegion },
    { name: 'written-in-b', spec: (base) => ({ ...base, spec: { ...base.spec, writeRegion: 'region-b' } }) },
    {
      name: 'larger',
      spec: (base) => {
        base.spec.components['ferretdb'] = { values: { replicas: 3, storage: '50Gi', connections: 20 } }
        return base
      },
    },
  ],
})

const consumer = defineComponent({
  name: 'livekit',
  tier: 'a-la-carte',
  category: 'communication',
  namespace: 'livekit',
  values: valuesOf<Record<never, never>>({ type: 'object', additionalProperties: false, properties: {} }),
  needs: {
    db: documents({
      name: 'rooms',
      secret: (db) => ({ MONGO_URI: `mongodb://${db.username}:${db.password}@${db.host}:27017/${db.database}?authSource=admin` }),
    }),
  },
})
type Unit = 'ferretdb' | 'livekit'
function planWith(change: (spec: PlatformSpec) => PlatformSpec = (spec) => spec) {
  const platform = testPlatform()
  platform.spec.components['livekit'] = {}
  return planOf(change(platform), catalogWith(consumer))
}
const find = (plan: ReturnType<typeof planWith>, region: string, unit: Unit, kind: string, name: string) =>
  objectsOf(plan, { region, unit }).find((one) => one.kind === kind && one.name === name)

describe('a database of documents', () => {
  const plan = planWith()

  test('has a user in the cluster below FerretDB, with the password that its consumer reads', () => {
    const role = find(plan, 'region-a', 'livekit', 'DatabaseRole', 'livekit-rooms')
    expect(role).toMatchObject({ namespace: 'ferretdb', stage: 'needs' })
    expect(role?.body['spec']).toMatchObject({ cluster: { name: 'documents' }, passwordSecret: { name: 'documents-livekit-rooms' } })
    expect(find(plan, 'region-a', 'ferretdb', 'ExternalSecret', 'documents-livekit-rooms')?.stage).toBe('needs')
    expect(find(plan, 'region-b', 'livekit', 'DatabaseRole', 'livekit-rooms')).toBeUndefined()
  })

  test('is reached by one name from both regions', () => {
    for (const region of ['region-a', 'region-b'])
      expect(JSON.stringify(find(plan, region, 'livekit', 'ExternalSecret', 'documents-rooms')?.body)).toContain(
        '@ferretdb-write.ferretdb.svc:27017/rooms',
      )
  })

  test('is served where PostgreSQL writes, and nowhere else', () => {
    const spec = (region: string, kind: string, name: string, of = plan) => find(of, region, 'ferretdb', kind, name)?.body['spec']
    expect(spec('region-a', 'Deployment', 'ferretdb')).toHaveProperty('replicas', 2)
    expect(spec('region-b', 'Deployment', 'ferretdb')).toHaveProperty('replicas', 0)
    expect(spec('region-a', 'Service', 'ferretdb-write')).toHaveProperty('selector')
    expect(spec('region-b', 'Service', 'ferretdb-write')).not.toHaveProperty('selector')

    const after = planWith((platform) => ({ ...platform, spec: { ...platform.spec, writeRegions: { ferretdb: 'region-b' } } }))
    expect(spec('region-a', 'Deployment', 'ferretdb', after)).toHaveProperty('replicas', 0)
    expect(spec('region-b', 'Service', 'ferretdb-write', after)).toHaveProperty('selector')
    expect(find(after, 'region-b', 'livekit', 'DatabaseRole', 'livekit-rooms')).toBeDefined()
  })
})
