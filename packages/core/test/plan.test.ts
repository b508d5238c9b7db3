import { expect, test } from 'vitest'

import {
  type Catalog,
  client,
  createPlan,
  database,
  defineComponent,
  deployment,
  type Plan,
  type PlatformSpec,
  resource,
  type StageName,
  valuesOf,
} from '../src/index.ts'
import { catalog, catalogOf, net, region, registry, secrets, spec, store } from './fixtures.ts'

test('mandatory components are chosen unasked, a la carte ones when named', () => {
  expect(names(plan(spec()))).toEqual(['cilium', 'external-secrets', 'harbor', 'minio'])
  const chosen = plan(spec({ components: { cnpg: {} } }))
  expect(names(chosen)).toEqual(['cilium', 'cnpg', 'external-secrets', 'harbor', 'minio'])
  expect(unit(chosen, 'cnpg').reason).toBe('chosen')
})

test('a required need chooses its owner and says who asked', () => {
  const temporal = defineComponent({
    name: 'temporal',
    tier: 'a-la-carte',
    category: 'workflow',
    namespace: 'temporal',
    values: valuesOf<Record<never, never>>({}),
    needs: { db: database({ name: 'temporal' }) },
  })
  const full = catalogOf(...catalog.components.values(), temporal)
  const { plan: made } = createPlan(spec({ components: { temporal: {} } }), full)
  expect(unit(made!, 'cnpg').reason).toBe('temporal needs a database')
})

test('a required need without an owner in the catalog is a finding, once', () => {
  const { plan: made, findings } = createPlan(spec(), catalogOf(net, secrets, registry))
  expect(made).toBeUndefined()
  expect(findings).toMatchObject([
    { code: 'missing-requirement', at: 'spec.components.harbor', message: expect.stringContaining('harbor needs a bucket') },
  ])
})

test('an optional need is granted where its owner is chosen, and falls back elsewhere', () => {
  expect(harborValues(plan(spec())).database).toBe('internal')
  expect(harborValues(plan(spec({ components: { cnpg: {} } }))).database).toBe('registry-rw.harbor.svc')
})

test('the peer is granted with two regions and absent with one', () => {
  expect(harborValues(plan(spec())).peerEndpoint).toBe('https://minio-region-b.minio.svc:9000')
  expect(harborValues(plan(spec({ regions: [region('region-a', 'fsn', 1)] })))).not.toHaveProperty('peerEndpoint')
})

test('the owner sees every claim, a bucket asked for on behalf of a database too', () => {
  const made = plan(spec({ components: { cnpg: {} } }))
  expect(release(made, 'minio').values.buckets).toEqual(['cnpg-registry', 'harbor-registry'])
})

test('a credential is generated once: at the owner where it keeps a copy, else at the consumer', () => {
  const made = plan(spec({ components: { cnpg: {} } }))
  const asks = made.regions[0]!.units.flatMap(({ needs }) => needs).flatMap(({ kind, consumer, ask }) =>
    kind === 'secret' ? [{ consumer, ...ask }] : [],
  )
  expect(asks.find(({ name }) => name === 'bucket-harbor-harbor-registry')).toMatchObject({
    consumer: 'minio',
    path: 'region/harbor/bucket-harbor-registry',
    keys: { accessKey: { template: 'harbor-registry' }, secretKey: { generate: 40 } },
  })
  expect(asks.find(({ name }) => name === 'bucket-harbor-registry')).toMatchObject({
    consumer: 'harbor',
    readOnly: true,
    path: 'region/harbor/bucket-harbor-registry',
    keys: { ACCESS: { template: 'harbor-registry' }, SECRET: { template: '{{ .secretKey }}' } },
  })
  expect(asks.find(({ name }) => name === 'database-registry')).toMatchObject({
    consumer: 'harbor',
    keys: { password: { generate: 32 }, DSN: { template: 'postgres://registry:{{ .password }}@registry-rw.harbor.svc' } },
  })
})

test('a service that nobody waits for reads in `config` what its consumer made, and gives no edge', () => {
  const identity = defineComponent({
    name: 'keycloak',
    tier: 'a-la-carte',
    category: 'identity',
    namespace: 'keycloak',
    values: valuesOf<Record<never, never>>({}),
    serves: {
      client: {
        keepsCredential: 'config',
        grant: ({ ask }) => ({ clientId: ask.name, realm: 'main', issuer: 'https://auth.example.com', internal: 'http://keycloak' }),
        credential: ({ ask }) => ({ clientId: { value: ask.name }, clientSecret: { generate: 40 } }),
      },
    },
    config: () => [resource('v1/ConfigMap', 'realm', { data: {} })],
  })
  const app = defineComponent({
    name: 'temporal',
    tier: 'a-la-carte',
    category: 'workflow',
    namespace: 'temporal',
    values: valuesOf<Record<never, never>>({}),
    needs: { login: client({ name: 'temporal', returnsTo: [], secret: (oidc) => ({ SECRET: oidc.clientSecret }) }) },
  })
  const made = plan(spec({ components: { temporal: {} } }), catalogOf(...catalog.components.values(), identity, app))
  const asks = made.regions[0]!.units.flatMap(({ needs }) => needs).flatMap((need) => (need.kind === 'secret' ? [need] : []))
  expect(asks.find(({ ask }) => ask.name === 'client-temporal')).toMatchObject({
    consumer: 'temporal',
    before: 'install',
    ask: { keys: { clientId: { template: 'temporal' }, clientSecret: { generate: 40 }, SECRET: { template: '{{ .clientSecret }}' } } },
  })
  expect(asks.find(({ ask }) => ask.name === 'client-temporal-temporal')).toMatchObject({
    consumer: 'keycloak',
    before: 'config',
    ask: { readOnly: true, path: 'region/temporal/client-temporal', keys: { clientSecret: { template: '{{ .clientSecret }}' } } },
  })
  expect(stage(made, 'temporal/needs').dependsOn).not.toContain('keycloak/config')
})

test('a Secret cannot give the name of a part of the credential another meaning', () => {
  const asking = (secret: Parameters<typeof database>[0]['secret']) =>
    defineComponent({
      name: 'temporal',
      tier: 'a-la-carte',
      category: 'workflow',
      namespace: 'temporal',
      values: valuesOf<Record<never, never>>({}),
      needs: { db: database({ name: 'temporal', secret }) },
    })
  const planWith = (component: ReturnType<typeof asking>) =>
    createPlan(spec({ components: { temporal: {} } }), catalogOf(...catalog.components.values(), component))
  expect(() => planWith(asking((pg) => ({ host: `${pg.host}:5432` })))).toThrow(
    'temporal: `host` is a part of the credential of its database',
  )
  expect(planWith(asking((pg) => ({ password: pg.password, address: `${pg.host}:5432` }))).plan).toBeDefined()
})

test('objects of a service lie in the folder of its consumer, with all labels and its namespace', () => {
  const made = plan(spec({ components: { cnpg: {} } }))
  const [cluster] = stage(made, 'harbor/needs').resources.filter(({ kind }) => kind === 'Cluster')
  expect(cluster).toMatchObject({
    namespace: 'harbor',
    by: 'cnpg',
    labels: { 'app.kubernetes.io/name': 'harbor', 'openova.io/environment': 'prod' },
  })
})

test('sizes are written where the chart reads them, and read back after helmValues', () => {
  const made = plan(
    spec({
      components: { harbor: { values: { replicas: 2 }, helmValues: { harbor: { core: { resources: { requests: { memory: '1Gi' } } } } } } },
    }),
  )
  const { values, workloads } = release(made, 'harbor')
  expect(values.core).toEqual({ replicas: 2, resources: { requests: { cpu: '50m', memory: '1Gi' }, limits: { memory: '384Mi' } } })
  expect(workloads).toMatchObject([{ name: 'harbor-core', replicas: 2, memory: '1Gi' }])
})

test("sizes of an operator's operand are written into its custom resource", () => {
  const made = plan(spec({ components: { cnpg: {} } }))
  const [cluster] = stage(made, 'harbor/needs').resources.filter(({ kind }) => kind === 'Cluster')
  expect(cluster!.body.spec).toMatchObject({ instances: 2, resources: { requests: { cpu: '100m', memory: '384Mi' } } })
})

test('who watches sees all that runs in the region, whoever renders it and when, but not what an operator makes', () => {
  const seen: string[] = []
  const watcher = defineComponent({
    name: 'vpa',
    tier: 'mandatory',
    category: 'scaling',
    namespace: 'vpa',
    values: valuesOf<Record<never, never>>({}),
    watches: (running, { region }) => {
      if (region.name === 'region-a') seen.push(...running.map(({ kind, name, namespace }) => `${kind} ${namespace}/${name}`))
      return [resource('v1/ConfigMap', 'seen', { data: {} })]
    },
  })
  const late = defineComponent({
    name: 'reloader',
    tier: 'mandatory',
    category: 'operations',
    namespace: 'reloader',
    values: valuesOf<Record<never, never>>({}),
    config: () => [
      resource('apps/v1/Deployment', 'late', {
        workloads: [deployment('late', { replicas: 1, cpu: '10m', memory: '16Mi' })],
        spec: { selector: {}, template: {} },
      }),
    ],
  })
  const { plan: made } = createPlan(spec({ components: { cnpg: {} } }), catalogOf(watcher, ...catalog.components.values(), late))
  expect(seen.toSorted()).toEqual(['Deployment harbor/harbor-core', 'Deployment reloader/late', 'StatefulSet minio/minio'])
  expect(stage(made!, 'vpa/config').resources).toMatchObject([{ kind: 'ConfigMap', namespace: 'vpa', by: 'vpa' }])
})

test.each<[StageName, StageName[]]>([
  ['cilium/install', []],
  ['external-secrets/needs', ['cilium/install']],
  ['external-secrets/install', ['external-secrets/needs']],
  ['minio/needs', ['external-secrets/config']],
  ['minio/install', ['minio/needs']],
  ['harbor/needs', ['cnpg/install', 'minio/install']],
  ['harbor/install', ['harbor/needs']],
])('%s waits for %j', (name, dependsOn) => {
  expect(stage(plan(spec({ components: { cnpg: {} } })), name).dependsOn).toEqual(dependsOn)
})

test('units stand dependencies first, whatever the order of the catalog', () => {
  const order = (components: Parameters<typeof catalogOf>) =>
    createPlan(spec(), catalogOf(...components)).plan!.regions[0]!.units.map(({ name }) => name)
  expect(order([registry, store, secrets, net])).toEqual(['cilium', 'external-secrets', 'minio', 'harbor'])
  expect(order([net, secrets, store, registry])).toEqual(['cilium', 'external-secrets', 'minio', 'harbor'])
})

test('a setting under a region changes that region only, and the baseline not at all', () => {
  const made = plan(
    spec({ regions: [region('region-a', 'fsn', 1, { harbor: { values: { replicas: 3 } } }), region('region-b', 'nbg', 2)] }),
  )
  const replicas = (regions: Plan['regions']) => regions.map(({ units }) => units.find(({ name }) => name === 'harbor')!.values.replicas)
  expect(replicas(made.regions)).toEqual([3, 1])
  expect(replicas(made.baseline)).toEqual([1, 1])
})

test('the write region is the first, the one that the spec names, or that of the service', () => {
  const seen = (change: Partial<PlatformSpec['spec']>) => {
    const services = ['harbor', 'minio'] as const
    const found: string[] = []
    const probe = defineComponent({
      name: 'reloader',
      tier: 'mandatory',
      category: 'operations',
      namespace: 'reloader',
      values: valuesOf<Record<never, never>>({}),
      check: ({ writeRegion }) => {
        found.push(...services.map(writeRegion))
        return []
      },
    })
    createPlan(spec(change), catalogOf(...catalog.components.values(), probe))
    return found.slice(0, 2)
  }
  expect(seen({})).toEqual(['region-a', 'region-a'])
  expect(seen({ writeRegion: 'region-b', writeRegions: { minio: 'region-a' } })).toEqual(['region-b', 'region-a'])
})

test('what a component says of its values is a finding at the setting, in the region that set it', () => {
  const picky = defineComponent({
    name: 'reloader',
    tier: 'mandatory',
    category: 'operations',
    namespace: 'reloader',
    values: valuesOf<{ replicas: number }>({}),
    check: ({ values }) => [values.replicas > 2 && { at: 'replicas', message: 'too many', fix: 'set 2' }],
  })
  const full = catalogOf(...catalog.components.values(), picky)
  const found = (change: Partial<PlatformSpec['spec']>) => createPlan(spec(change), full).findings.map(({ at }) => at)
  expect(found({ components: { reloader: { values: { replicas: 3 } } } })).toEqual(['spec.components.reloader.values.replicas'])
  expect(
    found({ regions: [region('region-a', 'fsn', 1), region('region-b', 'nbg', 2, { reloader: { values: { replicas: 3 } } })] }),
  ).toEqual(['spec.regions[1].components.reloader.values.replicas'])
})

test('a component that throws is named with its function and region', () => {
  const broken = defineComponent({
    name: 'reloader',
    tier: 'mandatory',
    category: 'operations',
    namespace: 'reloader',
    values: valuesOf<Record<never, never>>({}),
    config: () => {
      throw new Error('no such thing')
    },
  })
  expect(() => createPlan(spec(), catalogOf(...catalog.components.values(), broken))).toThrow(
    'reloader: `config` failed for region-a: no such thing',
  )
})

function plan(platform: PlatformSpec, from: Catalog = catalog): Plan {
  const { plan: made, findings } = createPlan(platform, from)
  expect(findings).toEqual([])
  return made!
}
const names = ({ regions }: Plan) => regions[0]!.units.map(({ name }) => name).toSorted()
const unit = ({ regions }: Plan, name: string) => regions[0]!.units.find((one) => one.name === name)!
const stage = (made: Plan, name: string) => made.regions[0]!.units.flatMap(({ stages }) => stages).find((one) => one.name === name)!
const release = (made: Plan, name: string) => stage(made, `${name}/install`).releases[0]!
const harborValues = (made: Plan) => release(made, 'harbor').values
