import { daemonSet, defineComponent, deployment, valuesOf } from '@openova/core'
import type { Budget, Plan, Platform, PlatformSpec, Region, RegionPlan, UnitPlan, Workload } from '@openova/core'

const platform: Platform = {
  name: 'test',
  domain: 'example.org',
  environment: 'prod',
  buildingBlock: 'rtz',
  provider: 'hetzner',
  loadBalancer: 'cloud',
  dns: 'cloudflare',
  archival: 'cloudflare-r2',
  git: { url: 'https://git.example.com/platform.git', branch: 'main' },
  failover: { writeServices: 'flux' },
  regions: ['region-a'],
}

const region: Region = {
  name: 'region-a',
  ordinal: 1,
  clusterName: 'hz-fsn-rtz-prod',
  code: 'hfrp',
  location: 'fsn',
  network: { nodes: '10.0.0.0/24', pods: '10.16.0.0/16', services: '10.32.0.0/16', layer2: false },
  servers: [],
  nodes: 5,
  pools: [
    { name: 'server', role: 'server', source: 'cloud', count: 3, cpu: 4, memory: 8, volumes: 16, labels: {}, taints: [] },
    { name: 'worker', role: 'agent', source: 'cloud', count: 2, cpu: 8, memory: 16, volumes: 16, labels: {}, taints: [] },
  ],
}

/** Five nodes, three components: one a node, one of two replicas, one without a budget. */
export function planOf(): Plan {
  const regionPlan: RegionPlan = {
    region,
    units: [
      unit('cilium', 'core', [daemonSet('agent', { cpu: '100m', memory: '256Mi' })]),
      unit('harbor', 'storage', [deployment('core', { replicas: 2, cpu: '500m', memory: '1Gi' })]),
      unit('cnpg', undefined, [deployment('operator', { replicas: 1, cpu: '1', memory: '128Mi' })]),
    ],
  }
  const spec: PlatformSpec = {
    apiVersion: 'openova.io/v1alpha1',
    kind: 'Platform',
    metadata: { name: 'test' },
    spec: {
      ...platform,
      preview: false,
      regions: [],
      writeRegions: {},
      failover: { writeServices: 'flux' },
      acknowledge: [],
      products: [],
      components: {},
    },
  }
  return { platform, spec, regions: [regionPlan], baseline: [regionPlan] }
}

function unit(name: 'cilium' | 'harbor' | 'cnpg', budget: Budget | undefined, workloads: Workload[]): UnitPlan {
  const definition = defineComponent({
    name,
    tier: 'mandatory',
    category: 'test',
    ...(budget && { budget }),
    namespace: name,
    values: valuesOf<Record<never, never>>({}),
  })
  const chart = { name, repository: 'https://charts.example.org', version: '1.0.0' }
  return {
    name,
    definition,
    reason: 'mandatory',
    values: {},
    namespace: { name, podSecurity: 'restricted' },
    needs: [],
    claims: [],
    stages: [
      {
        name: `${name}/install`,
        stage: 'install',
        releases: [{ name, chart, namespace: name, options: {}, values: {}, workloads }],
        resources: [],
        dependsOn: [],
      },
    ],
  }
}
