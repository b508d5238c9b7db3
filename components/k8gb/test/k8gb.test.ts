import type { PlatformSpec } from '@openova/core'
import { objectsOf, oneRegion, planOf, testComponent, testPlatform } from '@openova/testing'
import { describe, expect, test } from 'vitest'
import component from '../src/index.ts'

testComponent(component, {
  cases: [
    { name: 'one-region', spec: oneRegion },
    {
      name: 'hetzner-dns',
      spec: (base) => {
        base.spec.dns = 'hetzner-dns'
        return base
      },
    },
    {
      name: 'write-region-b',
      spec: (base) => {
        base.spec.writeRegion = 'region-b'
        return base
      },
    },
    { name: 'both-regions-for-all', spec: () => platformWith({ failover: [], ttl: 60, dnsReplicas: 2, edgeDnsServers: ['8.8.8.8'] }) },
  ],
})

function platformWith(values: Record<string, unknown>): PlatformSpec {
  const platform = testPlatform()
  platform.spec.components['k8gb'] = { values }
  return platform
}

const plan = planOf(testPlatform())
const unitOf = (platform: PlatformSpec, region = 0) => planOf(platform).regions[region]!.units.find(({ name }) => name === 'k8gb')!
const helmValues = (platform: PlatformSpec, region = 0) => unitOf(platform, region).stages.flatMap(({ releases }) => releases)[0]!.values
const gslbs = (platform: PlatformSpec, region = 'region-a') =>
  objectsOf(planOf(platform), { region, unit: 'k8gb' }).filter(({ kind }) => kind === 'Gslb')

describe('a Gslb', () => {
  const routes = plan.regions[0]!.units.flatMap(({ stages }) => stages.flatMap(({ resources }) => resources)).filter(
    ({ kind }) => kind === 'HTTPRoute',
  )

  test('is there for every public host, and asks a route that leads to one Gateway and one app', () => {
    expect(gslbs(testPlatform()).map(({ name }) => name)).toEqual(expect.arrayContaining(['grafana', 'harbor', 'minio', 'minio-console']))
    for (const { name, namespace } of gslbs(testPlatform())) {
      const route = routes.find((one) => one.name === `${name}-gslb` && one.namespace === namespace)
      expect(route?.body['spec']).toMatchObject({
        hostnames: [`${name}.gslb.example.com`],
        parentRefs: [{ name: 'internal' }],
        rules: [{ backendRefs: [expect.not.objectContaining({ name: 'coraza-waf' })] }],
      })
    }
  })

  test("finds its region by the region's own name, which external-dns publishes", () => {
    const harbor = (region: string) => gslbs(testPlatform(), region).find(({ name }) => name === 'harbor')
    expect(harbor('region-a')?.annotations['k8gb.io/exposed-hostnames']).toBe('harbor.hfrp.example.com')
    expect(harbor('region-b')?.annotations['k8gb.io/exposed-hostnames']).toBe('harbor.hnrp.example.com')
    const published = routes.find(({ name }) => name === 'harbor')?.annotations
    expect(published).toMatchObject({
      'external-dns.alpha.kubernetes.io/hostname': 'harbor.hfrp.example.com',
      'external-dns.alpha.kubernetes.io/gateway-hostname-source': 'annotation-only',
    })
  })

  test('of a component with data of its own names its write region, of the others both', () => {
    const strategy = (platform: PlatformSpec, host: string) => gslbs(platform).find(({ name }) => name === host)?.body['spec']
    const elsewhere = testPlatform()
    elsewhere.spec.writeRegions = { harbor: 'region-b' }
    expect(strategy(testPlatform(), 'harbor')).toMatchObject({ strategy: { type: 'failover', primaryGeoTag: 'region-a' } })
    expect(strategy(elsewhere, 'harbor')).toMatchObject({ strategy: { type: 'failover', primaryGeoTag: 'region-b' } })
    expect(strategy(platformWith({ failover: [] }), 'harbor')).toMatchObject({ strategy: { type: 'roundRobin', dnsTtlSeconds: 30 } })
  })

  test('is not there with one region, nor is the pod that delegates the zone', () => {
    expect(gslbs(oneRegion(testPlatform()))).toEqual([])
    expect(helmValues(oneRegion(testPlatform()))).toMatchObject({
      k8gb: { clusterGeoTag: 'region-a', extGslbClustersGeoTags: 'region-a' },
      extdns: { enabled: false },
    })
  })
})

describe('the release', () => {
  test('has a tag in each region, and both tags in both', () => {
    for (const [index, tag] of ['region-a', 'region-b'].entries()) {
      const { k8gb, extdns } = helmValues(testPlatform(), index)
      expect(k8gb).toMatchObject({ clusterGeoTag: tag, extGslbClustersGeoTags: 'region-a,region-b' })
      // The chart refuses to render otherwise.
      expect(extdns).toMatchObject({ txtOwnerId: `k8gb-${tag}`, txtPrefix: `k8gb-${tag}-`, domainFilters: ['example.com'] })
    }
  })

  test.each(['cloud', 'k8gb', 'cilium-l2'] as const)('has its DNS on node addresses, which Cilium gives, with %s', (loadBalancer) => {
    const platform = testPlatform()
    platform.spec.loadBalancer = loadBalancer
    platform.spec.components['cilium'] = { values: { loadBalancer: { addresses: ['192.168.0.0/28'] } } }
    const cilium = planOf(platform).regions[0]!.units.find(({ name }) => name === 'cilium')!
    expect(helmValues(platform)).toHaveProperty('coredns.service.loadBalancerClass', 'io.cilium/node')
    expect(cilium.stages.flatMap(({ releases }) => releases)[0]?.values).toHaveProperty('nodeIPAM.enabled', true)
  })

  test('reads the DNS token where external-dns does, so that a person supplies it once', () => {
    const keyOf = (unit: 'k8gb' | 'external-dns') =>
      JSON.stringify(objectsOf(plan, { region: 'region-a', unit }).find(({ kind }) => kind === 'ExternalSecret')?.body)
    expect(keyOf('external-dns')).toContain('"key":"supplied/external-dns/dns"')
    expect(keyOf('k8gb')).toContain('"key":"supplied/external-dns/dns"')
  })

  test('leaves the CRD of DNS records to external-dns, and waits for it', () => {
    const install = unitOf(testPlatform()).stages.find(({ stage }) => stage === 'install')!
    expect(install.releases[0]?.options.crds).toBe('Skip')
    expect(install.dependsOn).toContain('external-dns/install')
  })
})
