import { describe, expect, test } from 'vitest'
import { parse, parseAllDocuments } from 'yaml'
import type { Region, UnitPlan } from '@openova/core'
import { render } from '../src/index.ts'
import { plan, release, resource, stage, unit } from './fixture.ts'

describe('base and overlays', () => {
  test('with one region all is base, and the overlay only points at it', () => {
    const tree = render(plan(harbor, ['region-a']))
    expect(paths(tree, 'base/harbor/')).toEqual([
      'base/harbor/install/helmrelease-harbor.yaml',
      'base/harbor/install/kustomization.yaml',
      'base/harbor/install/source-harbor.yaml',
      'base/harbor/install/values-harbor.yaml',
      'base/harbor/needs/certificate-harbor.yaml',
      'base/harbor/needs/configmap-region.yaml',
      'base/harbor/needs/kustomization.yaml',
    ])
    expect(paths(tree, 'region-a/harbor/')).toEqual([
      'region-a/harbor/install/kustomization.yaml',
      'region-a/harbor/needs/kustomization.yaml',
      'region-a/harbor/sync.yaml',
    ])
    expect(read(tree, 'region-a/harbor/install/kustomization.yaml')).toEqual({
      ...kustomization,
      resources: ['../../../base/harbor/install'],
    })
  })

  test('with one region a region-level setting is in the base too', () => {
    const tree = render(plan((region, regional) => harbor(region, regional, { replicas: 3 }), ['region-a']))
    expect(read(tree, 'base/harbor/install/values-harbor.yaml')).toMatchObject({ core: { replicas: 3 } })
  })

  test('where regions differ, each overlay adds a second ConfigMap to valuesFrom', () => {
    const tree = render(plan(harbor))
    const base = read(tree, 'base/harbor/install/kustomization.yaml') as { configMapGenerator: { name: string; namespace: string }[] }
    const overlay = read(tree, 'region-b/harbor/install/kustomization.yaml') as typeof base & { patches: { patch: string }[] }
    expect(read(tree, 'base/harbor/install/values-harbor.yaml')).toEqual({ core: { replicas: 2 }, nothing: null })
    expect(read(tree, 'region-b/harbor/install/region-harbor.yaml')).toEqual({
      core: { zone: 'nbg' },
      externalURL: 'https://harbor.hnrp.example.com',
    })
    expect(base.configMapGenerator).toEqual([
      {
        name: expect.stringMatching(/^harbor-values-[0-9a-f]{8}$/),
        namespace: 'harbor',
        files: ['values.yaml=values-harbor.yaml'],
        options: { disableNameSuffixHash: true, labels: expect.anything() },
      },
    ])
    expect(read(tree, 'base/harbor/install/helmrelease-harbor.yaml')).toMatchObject({
      spec: { valuesFrom: [{ kind: 'ConfigMap', name: base.configMapGenerator[0]?.name }] },
    })
    const name = overlay.configMapGenerator[0]?.name
    expect(name).toMatch(/^harbor-region-[0-9a-f]{8}$/)
    expect(parse(overlay.patches[0]?.patch ?? '')).toEqual([{ op: 'add', path: '/spec/valuesFrom/-', value: { kind: 'ConfigMap', name } }])
  })

  test('a change of values changes the name of the ConfigMap, and so the HelmRelease', () => {
    const [one, two] = [2, 3].map((replicas) =>
      render(plan(() => [unit('harbor', [stage('harbor/install', { releases: [release('harbor', { replicas })] })])])),
    )
    expect(one!.get('base/harbor/install/helmrelease-harbor.yaml')).not.toBe(two!.get('base/harbor/install/helmrelease-harbor.yaml'))
  })

  test('objects that differ are written whole to each overlay', () => {
    const tree = render(plan(harbor))
    expect(paths(tree, 'base/harbor/needs/')).toEqual(['base/harbor/needs/certificate-harbor.yaml', 'base/harbor/needs/kustomization.yaml'])
    expect(read(tree, 'region-a/harbor/needs/configmap-region.yaml')).toMatchObject({ data: { region: 'region-a' } })
    expect(read(tree, 'region-b/harbor/needs/kustomization.yaml')).toEqual({
      ...kustomization,
      resources: ['../../../base/harbor/needs', 'configmap-region.yaml'],
    })
  })

  test('a stage that shares nothing has no base', () => {
    const tree = render(plan(({ name }) => [unit('harbor', [stage('harbor/config', { resources: [resource('v1', 'ConfigMap', name)] })])]))
    expect(paths(tree, 'base/harbor')).toEqual([])
    expect(read(tree, 'region-a/harbor/config/kustomization.yaml')).toEqual({ ...kustomization, resources: ['configmap-region-a.yaml'] })
  })

  test('a stage that only one region has stands in its overlay only', () => {
    const tree = render(
      plan(({ ordinal }) => [
        unit('harbor', ordinal === 1 ? [stage('harbor/config', { releases: [], resources: [resource('v1', 'ConfigMap', 'x')] })] : []),
      ]),
    )
    expect([...tree.keys()].filter((path) => path.includes('/config/'))).toEqual([
      'region-a/harbor/config/configmap-x.yaml',
      'region-a/harbor/config/kustomization.yaml',
    ])
  })

  test('a release that only one region has is written whole, with all its values', () => {
    const tree = render(
      plan(({ ordinal }) => [
        unit('harbor', [stage('harbor/install', { releases: [release('a', {}), ...(ordinal === 2 ? [release('b', { x: 1 })] : [])] })]),
      ]),
    )
    expect(read(tree, 'region-b/harbor/install/values-b.yaml')).toEqual({ x: 1 })
    expect(read(tree, 'region-b/harbor/install/kustomization.yaml')).toMatchObject({
      resources: ['../../../base/harbor/install', 'helmrelease-b.yaml', 'source-b.yaml'],
    })
  })

  test.each<[string, (region: Region, regional: boolean) => UnitPlan[]]>([
    ['a helm value', (region, regional) => harbor(region, regional, { replicas: 3 })],
    ['an object', (region, regional) => harbor(region, regional, { secretName: 'other' })],
    ['an option of a release', (region, regional) => harbor(region, regional, { timeout: 30 })],
  ])("a region-level setting that changes %s changes that region's folder only", (_, units) => {
    const before = render(plan(harbor))
    const after = render(plan(units))
    const changed = [...new Set([...before.keys(), ...after.keys()])].filter((path) => before.get(path) !== after.get(path))
    expect(changed.length).toBeGreaterThan(0)
    expect(changed.filter((path) => !path.startsWith('region-a/'))).toEqual([])
  })

  test('an object that a region-level setting changes replaces that of the base', () => {
    const tree = render(plan((region, regional) => harbor(region, regional, { secretName: 'other' })))
    const { patches } = read(tree, 'region-a/harbor/needs/kustomization.yaml') as { patches: object[] }
    expect(patches).toEqual([
      {
        path: 'patch-certificate-harbor.yaml',
        target: { group: 'cert-manager.io', version: 'v1', kind: 'Certificate', name: 'harbor', namespace: 'harbor' },
      },
    ])
    expect(read(tree, 'region-a/harbor/needs/patch-certificate-harbor.yaml')).toMatchObject([
      { op: 'replace', path: '', value: { kind: 'Certificate', spec: { secretName: 'other' } } },
    ])
  })
})

describe('file names', () => {
  test('carry the namespace only where two objects would share a name', () => {
    const resources = [
      resource('v1', 'Secret', 'x', { namespace: 'a' }),
      resource('v1', 'Secret', 'x', { namespace: 'b' }),
      resource('v1', 'Secret', 'y'),
    ]
    const tree = render(plan(() => [unit('harbor', [stage('harbor/needs', { resources })])]))
    expect(paths(tree, 'base/harbor/needs/secret')).toEqual([
      'base/harbor/needs/secret-x-a.yaml',
      'base/harbor/needs/secret-x-b.yaml',
      'base/harbor/needs/secret-y.yaml',
    ])
  })

  test('carry the API group where two kinds share a name', () => {
    const resources = [resource('a.io/v1', 'Cluster', 'x'), resource('b.io/v1', 'Cluster', 'x')]
    const tree = render(plan(() => [unit('harbor', [stage('harbor/needs', { resources })])]))
    expect(paths(tree, 'base/harbor/needs/cluster')).toEqual([
      'base/harbor/needs/cluster-x-harbor-a.io.yaml',
      'base/harbor/needs/cluster-x-harbor-b.io.yaml',
    ])
  })

  test('take no character that a file system or a URL minds', () => {
    const tree = render(
      plan(() => [
        unit('harbor', [
          stage('harbor/needs', {
            resources: [resource('rbac.authorization.k8s.io/v1', 'ClusterRole', 'system:X/y', { namespace: undefined })],
          }),
        ]),
      ]),
    )
    expect(paths(tree, 'base/harbor/needs/clusterrole')).toEqual(['base/harbor/needs/clusterrole-system-x-y.yaml'])
  })

  test('two makers of one object are a bug that is named', () => {
    const resources = [resource('v1', 'Secret', 'x'), resource('v1', 'Secret', 'x', { by: 'cnpg' })]
    expect(() => render(plan(() => [unit('harbor', [stage('harbor/needs', { resources })])]))).toThrow(
      'harbor and cnpg both write /Secret/harbor/x to harbor/needs',
    )
  })
})

describe('objects', () => {
  test('say in the first line where they come from and where to change them', () => {
    const tree = render(
      plan(() => [unit('harbor', [stage('harbor/needs', { resources: [resource('v1', 'Secret', 'x', { by: 'cnpg' })] })])]),
    )
    expect(tree.get('base/harbor/needs/secret-x.yaml')).toMatch(
      /^# Generated by openova from components\/cnpg; edit clusters\/platform.yaml or components\/harbor, then run pnpm build\napiVersion: v1\n/,
    )
    expect([...tree].filter(([, text]) => !/^(# |<!-- )Generated by openova from /.test(text))).toEqual([])
  })

  test('a Job is forced, so that its immutable template can change', () => {
    const tree = render(
      plan(() => [
        unit('harbor', [stage('harbor/setup', { resources: [resource('batch/v1', 'Job', 'init', { annotations: { a: 'b' } })] })]),
      ]),
    )
    expect(read(tree, 'base/harbor/setup/job-init.yaml')).toMatchObject({
      metadata: { annotations: { a: 'b', 'kustomize.toolkit.fluxcd.io/force': 'enabled' } },
    })
  })

  test('a Job with a TTL is a bug: Flux would make it again at every interval', () => {
    const job = resource('batch/v1', 'Job', 'init', { body: { spec: { ttlSecondsAfterFinished: 60 } } })
    expect(() => render(plan(() => [unit('harbor', [stage('harbor/setup', { resources: [job] })])]))).toThrow('Job init has a TTL')
  })
})

describe('the tree', () => {
  test('is the same to the byte, whatever the order of units, stages, resources and keys', () => {
    const expected = render(plan(everything))
    for (let seed = 1; seed <= 10; seed++) {
      const shuffled = plan((region, regional) =>
        everything(region, regional).map((one) => ({
          ...one,
          stages: one.stages.map((of) => ({
            ...of,
            releases: shuffle(of.releases, seed),
            resources: shuffle(of.resources, seed),
            dependsOn: shuffle(of.dependsOn, seed),
          })),
        })),
      )
      for (const { units } of [...shuffled.regions, ...shuffled.baseline]) units.splice(0, units.length, ...shuffle(units, seed))
      expect([...render(shuffled)]).toEqual([...expected])
    }
  })
})

const kustomization = { apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization' }

function everything(region: Region, regional: boolean): UnitPlan[] {
  const issuers = (set: boolean) =>
    ['internal', 'public', 'staging'].map((name) =>
      resource('cert-manager.io/v1', 'ClusterIssuer', name, { namespace: undefined, by: 'cert-manager', body: { spec: { set } } }),
    )
  const releases = ['minio', 'console'].map((name) => release(name, { zone: region.location }))
  return [
    ...harbor(region, regional, { replicas: 3, secretName: 'other' }),
    unit('cert-manager', [
      stage('cert-manager/install', { releases: [release('cert-manager', { a: 1 })] }),
      stage('cert-manager/setup', { resources: issuers(regional && region.ordinal === 1), dependsOn: ['cert-manager/install'] }),
    ]),
    unit('minio', [stage('minio/install', { releases, dependsOn: ['cert-manager/setup', 'cert-manager/install'] })]),
  ]
}

/** A unit with a shared and a regional part in both its stages; `set` is what a person sets under region-a. */
function harbor(region: Region, regional: boolean, set: { replicas?: number; secretName?: string; timeout?: number } = {}): UnitPlan[] {
  const { replicas = 2, secretName = 'harbor', timeout } = regional && region.name === 'region-a' ? set : {}
  const values = { externalURL: `https://harbor.${region.code}.example.com`, core: { replicas, zone: region.location }, nothing: null }
  return [
    unit('harbor', [
      stage('harbor/needs', {
        resources: [
          resource('cert-manager.io/v1', 'Certificate', 'harbor', { body: { spec: { secretName } }, by: 'cert-manager' }),
          resource('v1', 'ConfigMap', 'region', { body: { data: { region: region.name } } }),
        ],
      }),
      stage('harbor/install', {
        releases: [release('harbor', values, { options: timeout ? { timeout } : {} })],
        dependsOn: ['harbor/needs'],
      }),
    ]),
  ]
}

const paths = (tree: ReturnType<typeof render>, prefix: string) => [...tree.keys()].filter((path) => path.startsWith(prefix))

function read(tree: ReturnType<typeof render>, path: string): unknown {
  const text = tree.get(path)
  if (text === undefined) throw new Error(`No ${path} in\n${[...tree.keys()].join('\n')}`)
  return parseAllDocuments(text)[0]?.toJS()
}

/** The same shuffle for the same seed. */
function shuffle<T>(items: readonly T[], seed: number): T[] {
  const rank = (index: number) => ((index + 1) * 7919 * seed) % 101
  return items
    .map((item, index) => ({ item, rank: rank(index) }))
    .toSorted((a, b) => a.rank - b.rank)
    .map(({ item }) => item)
}
