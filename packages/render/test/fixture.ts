import type {
  Component,
  PlacedResource,
  Plan,
  Platform,
  Region,
  RegionPlan,
  ReleasePlan,
  Stage,
  StageName,
  StagePlan,
  UnitName,
  UnitPlan,
} from '@openova/core'

/** Plans as plain data, so that these tests say what render does, whatever createPlan does. */
export const platform: Platform = {
  name: 'demo',
  domain: 'example.com',
  environment: 'prod',
  buildingBlock: 'rtz',
  provider: 'hetzner',
  loadBalancer: 'cloud',
  dns: 'cloudflare',
  archival: 'cloudflare-r2',
  git: { url: 'https://git.example.org/platform.git', branch: 'main' },
  failover: { writeServices: 'flux' },
  regions: ['region-a', 'region-b'],
}

export function region(name: string, ordinal: number): Region {
  const pool = {
    name: 'server',
    role: 'server',
    source: 'cloud',
    count: 3,
    cpu: 8,
    memory: 16,
    volumes: 16,
    labels: {},
    taints: [],
  } as const
  return {
    name,
    ordinal,
    clusterName: `hz-${ordinal === 1 ? 'fsn' : 'nbg'}-rtz-prod`,
    code: ordinal === 1 ? 'hfrp' : 'hnrp',
    location: ordinal === 1 ? 'fsn' : 'nbg',
    network: {
      nodes: `10.0.${ordinal}.0/24`,
      pods: `10.${32 + 10 * ordinal}.0.0/16`,
      services: `10.${33 + 10 * ordinal}.0.0/16`,
      layer2: false,
    },
    servers: [1, 2, 3].map((server) => `10.0.${ordinal}.${10 + server}`),
    nodes: 3,
    pools: [pool],
  }
}

export function resource(apiVersion: string, kind: string, name: string, rest: Partial<PlacedResource> = {}): PlacedResource {
  return {
    apiVersion,
    kind,
    name,
    namespace: 'harbor',
    labels: { 'app.kubernetes.io/name': 'harbor' },
    annotations: {},
    body: {},
    workloads: [],
    by: 'harbor',
    ...rest,
  }
}

export function release(name: string, values: Record<string, unknown>, rest: Partial<ReleasePlan> = {}): ReleasePlan {
  return {
    name,
    namespace: 'harbor',
    chart: { name, repository: 'https://charts.example.org', version: '1.2.3' },
    options: {},
    workloads: [],
    values,
    ...rest,
  }
}

export function stage(name: StageName, rest: Partial<StagePlan> = {}): StagePlan {
  return { name, stage: name.slice(name.indexOf('/') + 1) as Stage, releases: [], resources: [], dependsOn: [], ...rest }
}

export function unit(name: UnitName, stages: StagePlan[], rest: Partial<UnitPlan> = {}): UnitPlan {
  const definition: Component = { name, tier: 'mandatory', category: 'registry', namespace: name, values: { schema: {} } }
  return {
    name,
    definition,
    reason: 'mandatory',
    values: {},
    namespace: { name, podSecurity: 'restricted' },
    stages,
    needs: [],
    claims: [],
    ...rest,
  }
}

/** `units(region, regional)` says what stands in a region, with region-level settings or without. */
export function plan(units: (region: Region, regional: boolean) => UnitPlan[], names: readonly string[] = platform.regions): Plan {
  const planRegions = (regional: boolean): RegionPlan[] =>
    names.map((name, index) => ({ region: region(name, index + 1), units: units(region(name, index + 1), regional) }))
  const spec = {} as Plan['spec']
  return { platform: { ...platform, regions: names }, spec, regions: planRegions(true), baseline: planRegions(false) }
}
