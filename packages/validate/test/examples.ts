import type { Catalog, Component, Plan, PlatformSpec, RegionPlan, StageName, UnitPlan } from '@openova/core'
import { getIn, mergeDeep, stages } from '@openova/core'
import { parse } from 'yaml'
import { hashText } from '../src/hash.ts'
import { readRepository } from '../src/repository.ts'
import type { CheckObjects, Draft, Rule, SchemaFinding } from '../src/rule.ts'

/** Runs a rule on one of its examples; how an example is read depends on what the rule looks at. */
export function runExample(rule: Rule, text: string): Draft[] {
  if (rule.on === 'spec') return rule.check(specOf(parse(text)), catalogOf(['harbor', 'cilium']))
  if (rule.on === 'plan') {
    const { catalog = [], products, units = {}, spec = {}, previous } = parse(text) as PlanExample
    return rule.check(planOf(units, spec), {
      catalog: catalogOf([...catalog, ...Object.keys(units)], products),
      ...(previous && { previous: { files: {}, grants: previous } }),
    })
  }
  if (rule.on === 'object')
    return rule.check(
      { apiVersion: 'v1', metadata: { name: 'example', namespace: 'example' }, ...parse(text) },
      { source: 'components/example/src/index.ts', own: true },
    )
  if (rule.on === 'tree') return rule.check(readRepository(filesOf(text), ['clusters/region-a']), { checkObjects: instancesAreNumbers })
  const { tree = {}, disk = {}, previous = {} } = parse(text) as Record<string, Record<string, string>>
  return rule.check(
    new Map(Object.entries(tree)),
    new Map(Object.entries(disk)),
    Object.fromEntries(Object.entries(previous).map(([path, content]) => [path, hashText(content)])),
  )
}

/** Stands in for kubeconform, which is not this package's business: no kind but Cluster is known, and it has one field. */
export const instancesAreNumbers: CheckObjects = (documents) =>
  documents.flatMap(({ file, index, object }): SchemaFinding[] => {
    const document = { file, index }
    const [apiVersion, kind, instances] = ['apiVersion', 'kind', 'spec.instances'].map((at) => JSON.stringify(getIn(object, at)) ?? '')
    const found = `${apiVersion}/${kind}`.replaceAll('"', '')
    if (kind !== '"Cluster"') return [{ document, kind: 'missing-schema', path: [], found, message: `no schema for ${found}` }]
    if (/^\d+$/.test(instances!)) return []
    return [{ document, kind: 'invalid', path: ['spec', 'instances'], found: instances!, message: `expected integer, found ${instances}` }]
  })

/** A part of `spec`, over a platform of two regions. */
export function specOf(part: Record<string, unknown>): PlatformSpec {
  const { regions = [{}, {}], ...rest } = part as { regions?: object[] }
  const spec = {
    environment: 'prod',
    buildingBlock: 'rtz',
    domain: 'example.com',
    provider: 'hetzner',
    preview: false,
    loadBalancer: 'cloud',
    dns: 'cloudflare',
    archival: 'cloudflare-r2',
    git: { url: 'https://git.example.org/platform.git', branch: 'main' },
    regions: regions.map((region, index) => mergeDeep(regionOf(index), region)),
    writeRegions: {},
    failover: { writeServices: 'flux' },
    acknowledge: [],
    products: [],
    components: {},
  }
  return {
    apiVersion: 'openova.io/v1alpha1',
    kind: 'Platform',
    metadata: { name: 'example' },
    spec: { ...spec, ...rest },
  } as unknown as PlatformSpec
}

const regionOf = (index: number) => ({
  name: `region-${'abc'[index]}`,
  location: ['fsn', 'nbg', 'hel'][index],
  network: {
    nodes: `10.0.${index + 1}.0/24`,
    pods: `10.${42 + 10 * index}.0.0/16`,
    services: `10.${43 + 10 * index}.0.0/16`,
    layer2: false,
  },
  pools: [{ name: 'server', role: 'server', source: 'cloud', count: 3, cpu: 4, memory: 8, volumes: 16, labels: {}, taints: [] }],
  components: {},
})

interface UnitExample {
  budget?: string
  requires?: string[]
  schema?: object
  values?: object
  needs?: { kind: string; name: string; day0?: boolean }[]
  releases?: { name: string; values?: object; workloads?: object[] }[]
  resources?: Record<string, ResourceExample[]>
  dependsOn?: Record<string, string[]>
}
interface ResourceExample {
  apiVersion: string
  kind: string
  name: string
  /** The region that has it; default both. */
  only?: string
  annotations?: Record<string, string>
  workloads?: object[]
}
interface PlanExample {
  /** Beside those of the units. */
  catalog?: string[]
  products?: Record<string, { bundles?: string[]; limits?: object }>
  units?: Record<string, UnitExample>
  spec?: Record<string, unknown>
  previous?: Record<string, string[]>
}

/** Units, the same in both regions but for what only one has. */
export function planOf(units: Record<string, UnitExample>, specPart: Record<string, unknown> = {}): Plan {
  const spec = specOf(specPart)
  const regions = spec.spec.regions.map((region): RegionPlan => {
    return {
      region: { ...region, code: region.location, nodes: 3 } as unknown as RegionPlan['region'],
      units: Object.entries(units).map(([name, unit]) => unitOf(name, unit, region.name)),
    }
  })
  return {
    platform: { ...spec.spec, name: 'example', regions: regions.map(({ region }) => region.name) },
    spec,
    regions,
    baseline: regions,
  }
}

function unitOf(
  name: string,
  { budget, requires, schema = {}, values = {}, needs = [], releases = [], resources = {}, dependsOn = {} }: UnitExample,
  region: string,
): UnitPlan {
  const common = { labels: {}, annotations: {} }
  return {
    name,
    definition: {
      name,
      namespace: name,
      tier: 'mandatory',
      category: 'example',
      budget,
      requires,
      values: { schema },
    } as unknown as Component,
    reason: 'mandatory',
    values,
    namespace: { name, podSecurity: 'restricted' },
    needs: needs.map(({ kind, name: asked, day0 }) => ({
      kind,
      key: asked,
      ask: { name: asked, keys: { password: day0 ? { day0: 'by hand' } : { generate: 24 } } },
      consumer: name,
      namespace: name,
      secret: kind === 'secret' ? asked : `${kind}-${asked}`,
    })),
    claims: [],
    stages: stages.map((stage) => ({
      name: `${name}/${stage}` as StageName,
      stage,
      releases: stage === 'install' ? releases.map((release) => ({ namespace: name, values: {}, workloads: [], ...release })) : [],
      resources: (resources[stage] ?? [])
        .filter(({ only = region }) => only === region)
        .map(({ apiVersion, kind, name: called, only: _only, annotations = {}, workloads = [], ...body }) => ({
          ...common,
          annotations,
          workloads,
          apiVersion,
          kind,
          name: called,
          namespace: name,
          body,
          by: name,
        })),
      dependsOn: dependsOn[stage] ?? [],
    })),
  } as unknown as UnitPlan
}

export const catalogOf = (names: readonly string[], products: PlanExample['products'] = { cortex: {} }): Catalog => ({
  components: new Map(names.map((name) => [name, { name } as unknown as Component])) as Catalog['components'],
  products: new Map(
    Object.entries(products).map(([name, { bundles = [], limits }]) => [
      name,
      { name, limits, bundles: bundles.map((component) => ({ component: { name: component, tier: 'a-la-carte' }, values: {} })) },
    ]),
  ) as unknown as Catalog['products'],
})

/** Files in one text, each under a line `# path`. */
export function filesOf(text: string): Map<string, string> {
  const parts = text.split(/^# (\S+\/\S+)\n/m).slice(1)
  return new Map(parts.flatMap((path, index) => (index % 2 === 0 ? [[path, parts[index + 1] ?? ''] as const] : [])))
}
