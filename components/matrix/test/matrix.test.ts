import type { PlatformSpec } from '@openova/core'
import { objectsOf, oneRegion, planOf, testComponent, testPlatform } from '@openova/testing'
import { describe, expect, test } from 'vitest'
import component from '../src/index.ts'

testComponent(component, {
  cases: [
    { name: 'one-region', spec: oneRegion },
    { name: 'with-keycloak-and-livekit', spec: () => platformWith({}, 'keycloak', 'livekit') },
    {
      name: 'closed',
      spec: () =>
        platformWith({ serverName: 'example.com', workers: [], passwords: false, federation: ['example.org'], media: { cacheDays: 30 } }),
    },
    {
      name: 'written-in-region-b',
      spec: (base) => {
        base.spec.writeRegions = { matrix: 'region-b' }
        return base
      },
    },
  ],
})

function platformWith(values: Record<string, unknown> = {}, ...others: string[]): PlatformSpec {
  const platform = testPlatform()
  platform.spec.components['matrix'] = { values }
  for (const other of others) platform.spec.components[other] = {}
  return platform
}

const regionIndex = { 'region-a': 0, 'region-b': 1 } as const
type RegionName = keyof typeof regionIndex
const objects = (platform: PlatformSpec, region: RegionName = 'region-a') => objectsOf(planOf(platform), { region, unit: 'matrix' })

function matrixRelease(platform: PlatformSpec, region: RegionName = 'region-a') {
  const { stages } = planOf(platform).regions[regionIndex[region]]!.units.find(({ name }) => name === 'matrix')!
  return stages.flatMap(({ releases }) => releases)[0]!
}
const helmValues = (platform: PlatformSpec, region?: RegionName) => matrixRelease(platform, region).values

describe('two servers under one name', () => {
  const replicas = (platform: PlatformSpec, region: RegionName) => [
    ...new Set(matrixRelease(platform, region).workloads.map((workload) => workload.replicas)),
  ]

  test('never run: outside the write region there is no pod at all', () => {
    expect(replicas(platformWith(), 'region-a')).toEqual([1])
    expect(replicas(platformWith(), 'region-b')).toEqual([0])
    const swapped = platformWith()
    swapped.spec.writeRegions = { matrix: 'region-b' }
    expect(replicas(swapped, 'region-a')).toEqual([0])
    expect(replicas(swapped, 'region-b')).toEqual([1])
  })

  test('share name, keys and secrets, which the first region makes', () => {
    expect(helmValues(platformWith(), 'region-b')['serverName']).toBe(helmValues(platformWith())['serverName'])
    expect(helmValues(platformWith())).toMatchObject({ initSecrets: { enabled: false } })
    const pulled = (region: RegionName) =>
      JSON.stringify(objects(platformWith(), region).find(({ kind, name }) => kind === 'ExternalSecret' && name === 'synapse')?.body)
    expect(pulled('region-a')).toContain('shared/region-a/matrix/synapse')
    expect(pulled('region-b')).toContain('shared/region-a/matrix/synapse')
  })
})

describe('the signing keys of accounts', () => {
  test('are made once, as keys and not as passwords, and pushed to the other region', () => {
    const made = objects(platformWith()).find(({ kind, name }) => kind === 'ExternalSecret' && name === 'matrix-accounts')
    expect(made?.body['spec']).toMatchObject({
      refreshPolicy: 'CreatedOnce',
      target: { template: { data: { rsa: '{{ genPrivateKey "rsa" }}', ecdsa: '{{ genPrivateKey "ecdsa" }}', seed: '{{ .seed }}' } } },
    })
    const pushed = objects(platformWith()).find(({ kind, name, stage }) => kind === 'PushSecret' && name === 'accounts' && stage === 'peer')
    expect(JSON.stringify(pushed?.body)).toContain('"property":"rsa"')
  })
})

test('asks for a database that sorts by bytes, and for a second one', () => {
  const databases = objects(platformWith()).filter(({ apiVersion }) => apiVersion.startsWith('postgresql.cnpg.io'))
  expect(JSON.stringify(databases.find(({ kind }) => kind === 'Cluster')?.body)).toContain('"localeCollate":"C"')
  expect(databases.filter(({ kind }) => kind === 'Cluster').map(({ name }) => name)).toEqual(['synapse'])
  expect(databases.filter(({ kind }) => kind === 'Database').map(({ name }) => name)).toEqual(['mas'])
})

describe('media', () => {
  test('lie in MinIO, and their key in no file of the tree', () => {
    expect(helmValues(platformWith())).toMatchObject({
      synapse: { additional: { media: { configSecretKey: 'media.yaml' } }, media: { storage: { existingClaim: 'media-cache' } } },
    })
    const credential = objects(platformWith()).find(({ kind, name }) => kind === 'ExternalSecret' && name === 'bucket-synapse-media')
    expect(JSON.stringify(credential?.body)).toContain('s3_storage_provider')
  })

  test('have a volume for copies where there is a server', () => {
    const claims = (region: RegionName) => objects(platformWith(), region).filter(({ kind }) => kind === 'PersistentVolumeClaim')
    expect(claims('region-a')).toHaveLength(1)
    expect(claims('region-b')).toEqual([])
  })
})

describe('calls', () => {
  test('are there where LiveKit is, by its key', () => {
    expect(helmValues(platformWith())).toMatchObject({ matrixRTC: { enabled: false } })
    expect(helmValues(platformWith({}, 'livekit'))).toMatchObject({
      matrixRTC: {
        sfu: { enabled: false },
        livekitAuth: { key: 'platform', secret: { secretKey: 'secret' } },
        extraEnv: [{ name: 'LIVEKIT_URL', value: 'wss://livekit.example.com' }],
      },
    })
  })
})

describe('logins', () => {
  test('lead to Keycloak where it is, and come back to where it lets them', () => {
    expect(helmValues(platformWith())).not.toHaveProperty('matrixAuthenticationService.additional.login')
    const values = helmValues(platformWith({}, 'keycloak'))
    expect(values).toMatchObject({ matrixAuthenticationService: { additional: { login: { configSecretKey: 'mas.yaml' } } } })
    expect(JSON.stringify(values)).toContain('https://auth.example.com/realms/')
  })
})
