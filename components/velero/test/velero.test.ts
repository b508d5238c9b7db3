import { type Platform, type PlatformSpec } from '@openova/core'
import { objectsOf, oneRegion, planOf, testComponent, testPlatform, findingsOn } from '@openova/testing'
import { describe, expect, test } from 'vitest'
import component from '../src/index.ts'

const archives = {
  'cloudflare-r2': { bucket: 'archive', endpoint: 'https://0123456789abcdef.r2.cloudflarestorage.com' },
  s3: { bucket: 'archive', region: 'eu-central-1' },
  gcs: { bucket: 'archive' },
  'azure-blob': { bucket: 'archive', storageAccount: 'archive' },
} as const satisfies Record<Platform['archival'], object>

const archived = (archival: Platform['archival']) => (base: PlatformSpec) => {
  base.spec.archival = archival
  base.spec.components['velero'] = { values: { archival: archives[archival] } }
  return base
}
const withValues = (values: Record<string, unknown>) => (base: PlatformSpec) => {
  base.spec.components['velero'] = { values }
  return base
}

testComponent(component, {
  cases: [
    { name: 'one-region', spec: oneRegion },
    { name: 'without-archive', spec: withValues({}) },
    { name: 's3', spec: archived('s3') },
    { name: 'gcs', spec: archived('gcs') },
    { name: 'azure-blob', spec: archived('azure-blob') },
    {
      name: 'rhythm',
      spec: withValues({ daily: { schedule: '0 */6 * * *', keepDays: 7 }, excludedNamespaces: ['scratch'], secrets: true }),
    },
  ],
})

describe('locations', () => {
  const plan = planOf(archived('cloudflare-r2')(testPlatform()))
  const locationsOf = (region: string) =>
    objectsOf(plan, { region, unit: 'velero' })
      .filter(({ kind }) => kind === 'BackupStorageLocation')
      .map(({ name, body, stage }) => ({ name, stage, spec: body['spec'] }))

  test('each region writes below its own prefix, and reads that of the other', () => {
    expect(locationsOf('region-a')).toMatchObject([
      { name: 'local', stage: 'config', spec: { default: true, objectStorage: { bucket: 'velero' } } },
      { name: 'archival', stage: 'config', spec: { accessMode: 'ReadWrite', objectStorage: { prefix: 'region-a' } } },
      { name: 'archival-region-b', stage: 'peer', spec: { accessMode: 'ReadOnly', objectStorage: { prefix: 'region-b' } } },
    ])
    expect(locationsOf('region-b')).toMatchObject([
      { name: 'local' },
      { name: 'archival', spec: { objectStorage: { prefix: 'region-b' } } },
      { name: 'archival-region-a', spec: { accessMode: 'ReadOnly', objectStorage: { prefix: 'region-a' } } },
    ])
  })

  test('only `config` waits for what a person supplies', () => {
    const [region] = plan.regions
    const stages = region!.units.find(({ name }) => name === 'velero')!.stages
    const supplied = stages.filter(({ resources }) => resources.some(({ body }) => JSON.stringify(body).includes('supplied/velero')))
    expect(supplied.map(({ stage }) => stage)).toEqual(['config'])
  })
})

describe('schedules', () => {
  const templateOf = (platform: PlatformSpec) =>
    objectsOf(planOf(platform), { region: 'region-a', unit: 'velero' }).find(({ kind }) => kind === 'Schedule')?.body

  test('leave out the store of the backups, the seal key, and Secrets', () => {
    expect(templateOf(testPlatform())).toMatchObject({
      spec: {
        template: {
          excludedNamespaces: expect.arrayContaining(['minio', 'openbao', 'velero', 'kube-system']),
          excludedResources: expect.arrayContaining(['secrets']),
          defaultVolumesToFsBackup: true,
        },
      },
    })
  })

  test('hold Secrets where a person wants them', () => {
    expect(JSON.stringify(templateOf(withValues({ secrets: true })(testPlatform())))).not.toContain('"secrets"')
  })
})

describe('findings', () => {
  const findingsOf = (platform: PlatformSpec) => findingsOn('velero', platform)

  test('warn as long as nothing leaves the region, and render no archive', () => {
    const platform = withValues({})(testPlatform())
    expect(findingsOf(platform)).toMatchObject([
      { severity: 'warning', at: 'spec.components.velero.values.archival', fix: 'set archival.bucket and archival.endpoint of velero' },
    ])
    expect(JSON.stringify(objectsOf(planOf(platform), { region: 'region-a', unit: 'velero' }))).not.toContain('"archival"')
  })

  test('refuse an archive that is only half named', () => {
    expect(findingsOf(withValues({ archival: { bucket: 'archive' } })(testPlatform()))).toMatchObject([
      { severity: 'error', at: 'spec.components.velero.values.archival.endpoint' },
    ])
  })

  test.each(['cloudflare-r2', 's3', 'gcs', 'azure-blob'] as const)('have nothing against a complete archive on %s', (archival) => {
    expect(findingsOf(archived(archival)(testPlatform()))).toEqual([])
  })
})
