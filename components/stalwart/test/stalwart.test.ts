import type { PlatformSpec } from '@openova/core'
import { findingsOn, objectsOf, oneRegion, planOf, testComponent, testPlatform } from '@openova/testing'
import { describe, expect, test } from 'vitest'
import component from '../src/index.ts'

testComponent(component, {
  cases: [
    { name: 'one-region', spec: oneRegion },
    { name: 'with-keycloak', spec: () => platformWith({}, 'keycloak') },
    { name: 'two-servers', spec: () => platformWith({ replicas: 2 }, 'valkey') },
    {
      name: 'relay',
      spec: () => platformWith({ relay: { host: 'smtp.example.net', username: 'platform' }, dns: 'manual', mtaSts: 'enforce' }),
    },
    {
      name: 'written-in-region-b',
      spec: (base) => {
        base.spec.writeRegions = { stalwart: 'region-b' }
        return base
      },
    },
  ],
})

function platformWith(values: Record<string, unknown> = {}, ...others: string[]): PlatformSpec {
  const platform = testPlatform()
  platform.spec.components['stalwart'] = { values }
  for (const other of others) platform.spec.components[other] = {}
  return platform
}

const objects = (platform: PlatformSpec, region = 'region-a') => objectsOf(planOf(platform), { region, unit: 'stalwart' })
const find = (platform: PlatformSpec, kind: string, name: string, region?: string) =>
  objects(platform, region).find((one) => one.kind === kind && one.name === name)

function operations(platform: PlatformSpec, name = 'plan') {
  const data = find(platform, 'ConfigMap', name)?.body['data']
  const [text] = Object.values(data ?? {})
  return String(text)
    .trim()
    .split('\n')
    .map((line): Record<string, unknown> => JSON.parse(line))
}
const operation = (platform: PlatformSpec, object: string) => operations(platform).find((one) => one['object'] === object)?.['value']

describe('with valkey', () => {
  test('more than one server may run, and without it the finding says what to choose', () => {
    expect(findingsOn('stalwart', platformWith({ replicas: 2 }, 'valkey'))).toEqual([])
    expect(findingsOn('stalwart', platformWith({ replicas: 2 }))).toMatchObject([
      { severity: 'error', at: 'spec.components.stalwart.values.replicas', fix: expect.stringContaining('valkey') },
    ])
    expect(findingsOn('stalwart', platformWith())).toEqual([])
  })

  test('the address of the cache is written with a password that stands nowhere in the tree', () => {
    const text = JSON.stringify(find(platformWith({}, 'valkey'), 'Job', 'plan')?.body)
    expect(text).toContain('redis://$(CACHE_USERNAME):$(CACHE_PASSWORD)@valkey-write.valkey.svc:6379/0')
  })
})

describe('outside its write region', () => {
  test('runs no server and no job, yet has its certificate and its address', () => {
    const there = objects(platformWith(), 'region-b')
    expect(there.filter(({ kind }) => kind === 'Job')).toEqual([])
    expect(find(platformWith(), 'StatefulSet', 'stalwart', 'region-b')?.body['spec']).toMatchObject({ replicas: 0 })
    expect(find(platformWith(), 'Service', 'mail-edge', 'region-b')?.body['spec']).toMatchObject({ externalTrafficPolicy: 'Cluster' })
    expect(there.map(({ kind }) => kind)).toContain('Certificate')
  })

  test('swapping the write region swaps both sides', () => {
    const swapped = platformWith()
    swapped.spec.writeRegions = { stalwart: 'region-b' }
    expect(find(swapped, 'StatefulSet', 'stalwart')?.body['spec']).toMatchObject({ replicas: 0 })
    expect(find(swapped, 'Job', 'plan', 'region-b')).toBeDefined()
    expect(find(swapped, 'Job', 'plan')).toBeUndefined()
  })
})

describe('mail at the edge', () => {
  test.each(['cloud', 'k8gb', 'cilium-l2'] as const)('has the addresses of the nodes with %s, and sees who sends', (loadBalancer) => {
    const platform = platformWith()
    platform.spec.loadBalancer = loadBalancer
    if (loadBalancer === 'cilium-l2')
      platform.spec.components['cilium'] = { values: { loadBalancer: { addresses: ['192.168.0.240-192.168.0.249'] } } }
    const spec = find(platform, 'Service', 'mail-edge')?.body['spec']
    expect(spec).toMatchObject({ loadBalancerClass: 'io.cilium/node', externalTrafficPolicy: 'Local' })
    expect(JSON.stringify(spec)).toMatch(/"port":25,.*"port":465,.*"port":587,.*"port":993,.*"port":4190,/)
  })

  test('is the same in MX records, certificate and published name', () => {
    const platform = platformWith()
    expect(operation(platform, 'SystemSettings')).toMatchObject({
      mailExchangers: { 0: { hostname: 'mx.hfrp.example.com', priority: 10 }, 1: { hostname: 'mx.hnrp.example.com', priority: 20 } },
    })
    for (const [region, name] of [
      ['region-a', 'mx.hfrp.example.com'],
      ['region-b', 'mx.hnrp.example.com'],
    ] as const) {
      expect(find(platform, 'Service', 'mail-edge', region)?.annotations['external-dns.alpha.kubernetes.io/hostname']).toBe(name)
      expect(find(platform, 'Certificate', 'mail', region)?.body['spec']).toMatchObject({ dnsNames: ['mx.example.com', name] })
    }
  })
})

test('leads logins to Keycloak where it is, once servers run', () => {
  expect(find(platformWith(), 'Job', 'directory')).toBeUndefined()
  const directory = operations(platformWith({}, 'keycloak'), 'directory')
  expect(directory[0]?.['value']).toMatchObject({ keycloak: { issuerUrl: expect.stringContaining('https://auth.example.com/realms/') } })
  expect(find(platformWith({}, 'keycloak'), 'Job', 'directory')?.stage).toBe('config')
})

describe('the plan', () => {
  test('keeps messages in MinIO and every secret out of Git', () => {
    expect(operation(platformWith(), 'BlobStore')).toMatchObject({ '@type': 'S3', secretKey: { variableName: 'S3_SECRET_KEY' } })
    expect(JSON.stringify(operations(platformWith()))).not.toMatch(/"secret":"/)
  })

  test('opens the ports that the Services lead to', () => {
    const opened = JSON.stringify(operation(platformWith(), 'NetworkListener'))
    for (const port of [2525, 4465, 5587, 9993, 4190, 8080]) expect(opened).toContain(`"[::]:${port}":true`)
  })

  test('publishes where one token is enough, and says so where it is not', () => {
    expect(operation(platformWith(), 'Domain')).toMatchObject({ domain: { dnsManagement: { '@type': 'Automatic' } } })
    const aws = platformWith()
    aws.spec.provider = 'aws'
    aws.spec.preview = true
    aws.spec.dns = 'route53'
    expect(findingsOn('stalwart', aws)).toMatchObject([{ severity: 'warning', at: 'spec.components.stalwart.values.dns' }])
  })
})
