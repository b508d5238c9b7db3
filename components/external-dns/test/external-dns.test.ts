import type { Platform, PlatformSpec } from '@openova/core'
import { objectsOf, oneRegion, planOf, testComponent, testPlatform } from '@openova/testing'
import { describe, expect, test } from 'vitest'
import component from '../src/index.ts'

testComponent(component, {
  cases: [
    { name: 'one-region', spec: oneRegion },
    { name: 'hetzner-dns', spec: () => platformWith({ dns: 'hetzner-dns' }) },
    { name: 'route53', spec: () => platformWith({ dns: 'route53' }) },
    { name: 'cloud-dns', spec: () => platformWith({ dns: 'cloud-dns' }) },
    { name: 'azure-dns', spec: () => platformWith({ dns: 'azure-dns' }) },
    { name: 'deletes-nothing', spec: () => platformWith({ values: { policy: 'upsert-only', interval: '5m' } }) },
  ],
})

function platformWith({ dns = 'cloudflare', values = {} }: { dns?: Platform['dns']; values?: Record<string, unknown> }): PlatformSpec {
  const platform = testPlatform()
  platform.spec.dns = dns
  platform.spec.components['external-dns'] = { values }
  // What cert-manager wants to know of the same provider.
  const azureDns = { subscription: 's', resourceGroup: 'r', tenant: 't', client: 'c' }
  platform.spec.components['cert-manager'] = { values: { cloudDns: { project: 'p' }, azureDns } }
  return platform
}

const unitOf = (platform: PlatformSpec, region = 0) => planOf(platform).regions[region]!.units.find(({ name }) => name === 'external-dns')!
const helmValues = (platform: PlatformSpec, region = 0) => unitOf(platform, region).stages.flatMap(({ releases }) => releases)[0]!.values

describe('the release', () => {
  test('publishes what hangs at the public Gateway, and nothing of the zone that k8gb answers', () => {
    expect(helmValues(testPlatform())).toMatchObject({
      sources: expect.arrayContaining(['gateway-httproute', 'crd']),
      gatewayNamespace: 'gateway',
      domainFilters: ['example.com'],
      excludeDomains: ['gslb.example.com'],
      labelFilter: '!k8gb.io/dnstype',
    })
  })

  test('looks for Gateways where the public one stands, and the internal one does not', () => {
    const gateways = objectsOf(planOf(testPlatform()), { region: 'region-a', unit: 'cilium' }).filter(({ kind }) => kind === 'Gateway')
    const { gatewayNamespace } = helmValues(testPlatform())
    expect(gateways.filter(({ namespace }) => namespace === gatewayNamespace).map(({ name }) => name)).toEqual(['public'])
  })

  test('has an owner id and a prefix of its own in each region', () => {
    const [here, there] = [0, 1].map((region) => helmValues(testPlatform(), region))
    expect(here).toMatchObject({ txtOwnerId: 'hz-fsn-rtz-prod', txtPrefix: 'hfrp-' })
    expect(there).toMatchObject({ txtOwnerId: 'hz-nbg-rtz-prod', txtPrefix: 'hnrp-' })
  })

  test.each<[Platform['dns'], string]>([
    ['cloudflare', 'cloudflare'],
    ['hetzner-dns', 'webhook'],
    ['route53', 'aws'],
    ['cloud-dns', 'google'],
    ['azure-dns', 'azure'],
  ])('with %s uses the provider `%s` and reads its credential from a Secret', (dns, provider) => {
    const values = helmValues(platformWith({ dns }))
    expect(values).toHaveProperty('provider.name', provider)
    expect(JSON.stringify(values)).toMatch(/"secretKeyRef":\{"name":"dns"|"secretName":"dns"/)
  })
})

test('waits for the credential before its pod, and nothing but its own records waits with it', () => {
  const { stages } = unitOf(testPlatform())
  expect(stages.map(({ stage }) => stage)).toEqual(['needs', 'install', 'config'])
  expect(stages[0]!.dependsOn).toContain('external-secrets/config')
})

describe('the names that clients use', () => {
  const targets = (platform: PlatformSpec, region: string) =>
    objectsOf(planOf(platform), { region, unit: 'external-dns' })
      .filter(({ kind, name }) => kind === 'DNSEndpoint' && name === 'harbor')
      .map(({ body }) => body['spec'])

  test('lead to k8gb with two regions, and are published by the first one only', () => {
    const endpoint = { dnsName: 'harbor.example.com', recordType: 'CNAME', recordTTL: 300, targets: ['harbor.gslb.example.com'] }
    expect(targets(testPlatform(), 'region-a')).toEqual([{ endpoints: [endpoint] }])
    expect(targets(testPlatform(), 'region-b')).toEqual([])
  })

  test('lead to the region itself where there is no other', () => {
    expect(targets(oneRegion(testPlatform()), 'region-a')).toMatchObject([{ endpoints: [{ targets: ['harbor.hfrp.example.com'] }] }])
  })
})
