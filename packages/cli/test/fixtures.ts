import { bucket, database, defineComponent, defineProduct, deployment, optional, release, statefulSet, use, valuesOf } from '@openova/core'
import type { Catalog } from '@openova/core'

const closed = (properties: Record<string, object>) => ({ type: 'object', additionalProperties: false, properties })
const chart = (name: string) => ({ name, repository: 'https://charts.example.org', version: '1.2.3' })

const minio = defineComponent({
  name: 'minio',
  tier: 'mandatory',
  category: 'storage',
  budget: 'storage',
  namespace: 'minio',
  values: valuesOf<{ replicas: number }>(closed({ replicas: { type: 'integer', default: 3, description: 'Pods.' } })),
  serves: {
    bucket: {
      ready: 'install',
      grant: ({ ask }) => ({ endpoint: 'https://minio.minio.svc:9000', bucket: ask.name }),
    },
  },
  releases: ({ values, claims }) => [
    release('minio', {
      chart: chart('minio'),
      workloads: [statefulSet('minio', { at: '', replicas: values.replicas, cpu: '100m', memory: '512Mi' })],
      values: { buckets: claims('bucket').map(({ ask }) => ask.name) },
    }),
  ],
})

const harbor = defineComponent({
  name: 'harbor',
  tier: 'mandatory',
  category: 'registry',
  budget: 'storage',
  namespace: 'harbor',
  values: valuesOf<{ replicas: number; bucket: string; scanner: { enabled: boolean } }>(
    closed({
      replicas: { type: 'integer', default: 1, description: 'Pods of each part.' },
      bucket: { type: 'string', default: 'harbor-registry', description: 'Where images lie.' },
      scanner: closed({ enabled: { type: 'boolean', default: false, description: 'Scan on push.' } }),
    }),
  ),
  needs: ({ values }) => ({ registry: bucket({ name: values.bucket }), db: optional(database({ name: 'registry' })) }),
  releases: ({ values, platform, granted: { registry } }) => [
    release('harbor', {
      chart: chart('harbor'),
      workloads: [deployment('harbor-core', { at: 'core', replicas: values.replicas, cpu: '250m', memory: '256Mi' })],
      values: {
        externalURL: `https://harbor.${platform.domain}`,
        trivy: { enabled: values.scanner.enabled },
        s3: { bucket: registry.bucket },
      },
    }),
  ],
})

const cnpg = defineComponent({
  name: 'cnpg',
  tier: 'a-la-carte',
  category: 'data',
  namespace: 'cnpg-system',
  values: valuesOf<Record<never, never>>(closed({})),
  releases: () => [release('cnpg', { chart: chart('cnpg'), workloads: [], values: {} })],
})

const fabric = defineProduct({
  name: 'fabric',
  tier: 'product',
  category: 'product',
  namespace: 'fabric',
  values: valuesOf<Record<never, never>>(closed({})),
  bundles: [use(harbor, { scanner: { enabled: true }, replicas: 2 })],
  limits: { cpu: '1', memory: '1Gi' },
})

export const catalog: Catalog = {
  components: new Map([minio, harbor, cnpg].map((component) => [component.name, component] as const)) as Catalog['components'],
  products: new Map([[fabric.name, fabric]]),
}

const region = (name: string, location: string, second: number) => `
    - name: ${name}
      location: ${location}
      network: { nodes: 10.0.${second}.0/24, pods: 10.${16 + second}.0.0/16, services: 10.${32 + second}.0.0/16 }
      pools: [{ name: server, role: server, count: 3, cpu: 4, memory: 8 }]`

/** A platform file; `tail` is more of its spec, `inRegion` more of the first region. */
export const platformText = (tail = '', inRegion = '') => `apiVersion: openova.io/v1alpha1
kind: Platform
metadata: { name: test }
spec:
  domain: example.org
  git: { url: https://git.example.com/platform.git }
  regions:${region('region-a', 'fsn', 0)}${inRegion}${region('region-b', 'nbg', 1)}
${tail}`
