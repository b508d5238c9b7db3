import type { PlatformSpec, RegionSpec } from '@openova/core'

/** Two regions with everything that the catalog makes mandatory, an archive, and CNPG. A new object each time: change it as you like. */
export function testPlatform(): PlatformSpec {
  return {
    apiVersion: 'openova.io/v1alpha1',
    kind: 'Platform',
    metadata: { name: 'test' },
    spec: {
      environment: 'prod',
      buildingBlock: 'rtz',
      domain: 'example.com',
      provider: 'hetzner',
      preview: false,
      loadBalancer: 'cloud',
      dns: 'cloudflare',
      archival: 'cloudflare-r2',
      git: { url: 'https://git.example.org/platform.git', branch: 'main' },
      regions: [testRegion('region-a', 'fsn', 1), testRegion('region-b', 'nbg', 2)],
      writeRegions: {},
      failover: { writeServices: 'flux' },
      acknowledge: [],
      products: [],
      components: {
        cnpg: {},
        velero: { values: { archival: { bucket: 'archive', endpoint: 'https://account.r2.cloudflarestorage.com' } } },
      },
    },
  }
}

/** The same platform without its second region. */
export function oneRegion(platform: PlatformSpec): PlatformSpec {
  return { ...platform, spec: { ...platform.spec, regions: platform.spec.regions.slice(0, 1) } }
}

function testRegion(name: string, location: string, ordinal: number): RegionSpec {
  return {
    name,
    location,
    network: {
      nodes: `10.0.${ordinal}.0/24`,
      pods: `10.${32 + 10 * ordinal}.0.0/16`,
      services: `10.${33 + 10 * ordinal}.0.0/16`,
      layer2: false,
    },
    pools: [{ name: 'server', role: 'server', source: 'cloud', count: 3, cpu: 8, memory: 16, volumes: 16, labels: {}, taints: [] }],
    components: {},
  }
}
