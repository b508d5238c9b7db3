import {
  bucket,
  type Catalog,
  type Component,
  database,
  defineComponent,
  deployment,
  generate,
  host,
  optional,
  type PlatformSpec,
  release,
  resource,
  secret,
  statefulSet,
  valuesOf,
} from '../src/index.ts'

const closed = (properties: Record<string, object>) => ({ type: 'object', additionalProperties: false, properties })
const chart = (name: string) => ({ name, repository: 'https://charts.example.org', version: '1.2.3' })

/** Answers hosts, brings the network API. */
export const net = defineComponent({
  name: 'cilium',
  tier: 'mandatory',
  category: 'networking',
  budget: 'core',
  namespace: 'kube-system',
  values: valuesOf<Record<never, never>>(closed({})),
  provides: { 'cilium.io': 'install', 'gateway.networking.k8s.io': 'install' },
  serves: {
    host: {
      ready: 'install',
      grant: ({ ask }, { platform, region }) => ({
        name: `${ask.name}.${platform.domain}`,
        url: `https://${ask.name}.${platform.domain}`,
        regionName: `${ask.name}.${region.code}.${platform.domain}`,
        regionUrl: `https://${ask.name}.${region.code}.${platform.domain}`,
      }),
      resources: ({ ask }) => [resource('gateway.networking.k8s.io/v1/HTTPRoute', ask.name, { spec: {} })],
    },
  },
  attaches: (to) => ({ needs: [to.namespace !== 'kube-system' && resource('cilium.io/v2/CiliumNetworkPolicy', to.name, { spec: {} })] }),
  releases: () => [release('cilium', { chart: chart('cilium'), workloads: [], values: {} })],
})

/** Answers secrets; its store is ready in `config`. */
export const secrets = defineComponent({
  name: 'external-secrets',
  tier: 'mandatory',
  category: 'security',
  budget: 'core',
  namespace: 'external-secrets',
  values: valuesOf<Record<never, never>>(closed({})),
  provides: { 'external-secrets.io': 'config' },
  serves: {
    secret: {
      ready: 'config',
      grant: () => ({}),
      resources: (claim) => [
        resource('external-secrets.io/v1/ExternalSecret', claim.secret, {
          namespace: claim.namespace,
          spec: { target: { name: claim.secret } },
        }),
      ],
    },
  },
  releases: () => [release('external-secrets', { chart: chart('external-secrets'), workloads: [], values: {} })],
  config: () => [resource('external-secrets.io/v1/ClusterSecretStore', 'bao-local', { spec: { provider: { fake: { data: [] } } } })],
})

/** Answers buckets, and keeps a copy of each credential. */
export const store = defineComponent({
  name: 'minio',
  tier: 'mandatory',
  category: 'storage',
  budget: 'storage',
  namespace: 'minio',
  values: valuesOf<{ replicas: number }>(closed({ replicas: { type: 'integer', default: 3, description: 'Pods.' } })),
  serves: {
    bucket: {
      ready: 'install',
      opens: { atOwner: [9000] },
      keepsCredential: 'needs',
      grant: ({ ask }, { region }, from) => ({
        endpoint: from === 'here' ? 'https://minio.minio.svc:9000' : `https://minio-${region.name}.minio.svc:9000`,
        bucket: ask.name,
      }),
      credential: ({ ask }) => ({ accessKey: { value: ask.name }, secretKey: { generate: 40 } }),
    },
  },
  releases: ({ values, claims }) => [
    release('minio', {
      chart: chart('minio'),
      workloads: [statefulSet('minio', { at: '', replicas: values.replicas, cpu: '100m', memory: '512Mi', volume: '50Gi' })],
      values: { buckets: claims('bucket').map(({ ask }) => ask.name) },
    }),
  ],
})

/** Answers databases, each backed up to a bucket. */
export const databases = defineComponent({
  name: 'cnpg',
  tier: 'a-la-carte',
  category: 'data',
  namespace: 'cnpg-system',
  values: valuesOf<Record<never, never>>(closed({})),
  provides: { 'postgresql.cnpg.io': 'install' },
  serves: {
    database: {
      ready: 'install',
      grant: ({ ask, namespace }) => ({ host: `${ask.name}-rw.${namespace}.svc`, port: 5432, database: ask.name, username: ask.name }),
      credential: ({ ask, grant }) => ({
        username: { value: ask.name },
        password: { generate: 32 },
        host: { value: grant.host },
        database: { value: ask.name },
      }),
      backup: ({ ask }) => bucket({ name: `cnpg-${ask.name}`, secret: (s3) => ({ ACCESS_KEY_ID: s3.accessKey }) }),
      resources: ({ ask, backup }) => [
        resource('postgresql.cnpg.io/v1/Cluster', ask.name, {
          spec: { instances: 2, backup: { barmanObjectStore: { destinationPath: `s3://${backup?.bucket}/` } } },
          workloads: [
            statefulSet(ask.name, {
              at: { replicas: 'spec.instances', resources: 'spec.resources' },
              replicas: 2,
              cpu: '100m',
              memory: '384Mi',
            }),
          ],
        }),
      ],
    },
  },
  releases: () => [release('cnpg', { chart: chart('cloudnative-pg'), workloads: [], values: {} })],
})

/** Asks for everything. */
export const registry = defineComponent({
  name: 'harbor',
  tier: 'mandatory',
  category: 'registry',
  budget: 'storage',
  namespace: 'harbor',
  values: valuesOf<{ replicas: number }>(closed({ replicas: { type: 'integer', default: 1, description: 'Pods.' } })),
  needs: {
    web: host({ name: 'harbor', service: 'harbor', port: 80 }),
    images: bucket({ name: 'harbor-registry', secret: (s3) => ({ ACCESS: s3.accessKey, SECRET: s3.secretKey }) }),
    db: optional(database({ name: 'registry', secret: (pg) => ({ DSN: `postgres://${pg.username}:${pg.password}@${pg.host}` }) })),
    admin: secret('admin', { password: generate(24) }),
  },
  releases: ({ values, granted: { web, images, db, admin } }) => [
    release('harbor', {
      chart: chart('harbor'),
      workloads: [deployment('harbor-core', { at: 'core', replicas: values.replicas, cpu: '50m', memory: '192Mi' })],
      values: {
        externalURL: web.regionUrl,
        bucket: images.bucket,
        peerEndpoint: images.peer?.endpoint,
        database: db?.host ?? 'internal',
        admin: admin.secret,
      },
    }),
  ],
})

const all: Component[] = [net, secrets, store, databases, registry]

export const catalogOf = (...components: Component[]): Catalog => ({
  components: new Map(components.map((component) => [component.name as never, component])),
  products: new Map(),
})
export const catalog = catalogOf(...all)

export const spec = (change: Partial<PlatformSpec['spec']> = {}): PlatformSpec => ({
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
    regions: [region('region-a', 'fsn', 1), region('region-b', 'nbg', 2)],
    writeRegions: {},
    failover: { writeServices: 'flux' },
    acknowledge: [],
    products: [],
    components: {},
    ...change,
  },
})

export function region(name: string, location: string, n: number, components: PlatformSpec['spec']['components'] = {}) {
  return {
    name,
    location,
    components,
    network: { nodes: `10.0.${n}.0/24`, pods: `10.${32 + 10 * n}.0.0/16`, services: `10.${33 + 10 * n}.0.0/16`, layer2: false },
    pools: [
      {
        name: 'server',
        role: 'server' as const,
        source: 'cloud' as const,
        count: 3,
        cpu: 4,
        memory: 8,
        volumes: 16,
        labels: {},
        taints: [],
      },
    ],
  }
}
