import { expect, test } from 'vitest'
import { grantsOf, validate, validateTree } from '../src/index.ts'
import { hashText } from '../src/hash.ts'
import { locate } from '../src/locate.ts'
import { catalogOf, filesOf, planOf } from './examples.ts'

const release = (version: string) => `# Generated
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata:
  name: harbor
  namespace: kube-system
spec:
  chart:
    spec:
      chart: harbor
      version: ${version}
      sourceRef: { kind: HelmRepository, name: harbor }
`
const source = '{ apiVersion: source.toolkit.fluxcd.io/v1, kind: HelmRepository, metadata: { name: harbor, namespace: kube-system } }\n'
const sync = (region: string) => `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: harbor-install, namespace: flux-system }
spec: { path: ./clusters/${region}/harbor/install, sourceRef: { kind: GitRepository, name: flux-system } }
`
const treeOf = (version = '1.19.1', name = 'source.yaml') =>
  new Map([
    ...['region-a', 'region-b'].flatMap((region): [string, string][] => [
      [`${region}/kustomization.yaml`, 'resources: [harbor/sync.yaml]\n'],
      [`${region}/harbor/sync.yaml`, sync(region)],
      [`${region}/harbor/install/kustomization.yaml`, 'resources: [../../../base/harbor/install]\n'],
    ]),
    ['base/harbor/install/kustomization.yaml', 'resources: [release.yaml, source.yaml]\n'],
    ['base/harbor/install/release.yaml', release(version)],
    [`base/harbor/install/${name}`, source],
  ])
const plan = planOf({ harbor: {} })
const context = { catalog: catalogOf(['harbor']) }

test('finds nothing in a tree where all is right', () => {
  expect(validate(plan, treeOf(), context)).toEqual([])
})

test('points into the generated file and names the source to change', () => {
  expect(validate(plan, treeOf('1.19.x'), context)).toEqual([
    {
      code: 'chart-pinned',
      severity: 'error',
      file: 'clusters/base/harbor/install/release.yaml',
      at: 'spec.chart.spec.version',
      line: 11,
      column: 7,
      message: 'Unexpected chart version `1.19.x`, expected an exact one such as `1.20.0`',
      fix: "pin the chart's version in components/harbor/src/index.ts",
    },
  ])
})

test('reports once what both regions share, and what follows from it', () => {
  const findings = validate(plan, treeOf('1.19.1', 'elsewhere.yaml'), context)
  expect(findings.map(({ file, at, line }) => `${file}:${line} ${at}`)).toEqual([
    'clusters/base/harbor/install/kustomization.yaml:1 resources[1]',
    'clusters/base/harbor/install/release.yaml:12 spec.chart.spec.sourceRef.name',
  ])
  expect(findings[1]?.message).toContain('clusters/region-a and clusters/region-b')
})

test('looks at the disk only where the caller brings it', () => {
  const tree = treeOf()
  const files = Object.fromEntries([...tree].map(([path, text]) => [path, hashText(text)]))
  const disk = new Map(tree).set('base/harbor/install/release.yaml', 'edited').set('base/notes.txt', 'mine')
  disk.delete('region-a/harbor/sync.yaml')
  const findings = validate(plan, tree, { ...context, disk, previous: { files, grants: {} } })
  expect(findings.map(({ code, file }) => `${code} ${file}`)).toEqual([
    'hand-edited clusters/base/harbor/install/release.yaml',
    'orphan-file clusters/base/notes.txt',
    'up-to-date clusters/region-a/harbor/sync.yaml',
  ])
})

test('a store that appears is a move until a person says that it is done', () => {
  const bucket = { kind: 'bucket', name: 'images' }
  const before = { files: {}, grants: grantsOf(planOf({ harbor: { needs: [bucket] } })) }
  const check = (needs: { kind: string; name: string }[], spec = {}) =>
    validate(planOf({ harbor: { needs } }, spec), treeOf(), { ...context, previous: before }).map(
      ({ code, message }) => `${code} ${message}`,
    )
  expect(check([bucket])).toEqual([])
  expect(check([bucket, { kind: 'bucket', name: 'charts' }])).toEqual([])
  expect(check([bucket, { kind: 'database', name: 'registry' }])).toEqual([expect.stringContaining('database `registry` is new and empty')])
  expect(check([{ kind: 'bucket', name: 'layers' }])).toEqual([expect.stringContaining('bucket `images` is gone')])
  expect(check([], { acknowledge: ['storage-moves/harbor'] })).toEqual([])
})

test('any Flux repository can be checked, without a plan', () => {
  const files = new Map([...treeOf('latest')].map(([path, text]) => [`clusters/${path}`, text]))
  expect(validateTree(files).map(({ code, file, fix }) => ({ code, file, fix }))).toEqual([
    {
      code: 'chart-pinned',
      file: 'clusters/base/harbor/install/release.yaml',
      fix: "pin the chart's version in clusters/base/harbor/install/release.yaml",
    },
  ])
})

test('a file that cannot be read is reported with its place, and the rest is still checked', () => {
  const findings = validateTree(
    filesOf(`
# apps/broken.yaml
kind: ConfigMap
data: { a: b
# apps/job.yaml
{ apiVersion: batch/v1, kind: Job, metadata: { name: init }, spec: { template: { spec: { containers: [{ image: alpine }] } } } }`),
  )
  expect(findings).toMatchObject([
    { code: 'yaml-syntax', file: 'apps/broken.yaml', line: 3, column: 1 },
    { code: 'image-pinned', file: 'apps/job.yaml', at: 'spec.template.spec.containers[0].image' },
  ])
})

test.each([
  [
    'explode',
    [
      '&a [x, x, x, x]',
      ...Array.from('abcdefghijkl', (name, index) => `&${'bcdefghijklm'[index]} [*${name}, *${name}, *${name}, *${name}]`),
    ],
    true,
  ],
  ['lead back to themselves', ['&a [*a]'], true],
  ['say the same twice', ['&a [x]', '*a'], false],
])('aliases that %s', (_, items, refused) => {
  const text = `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\ndata:\n${items.map((item) => `  - ${item}\n`).join('')}`
  const codes = validateTree(new Map([['a.yaml', text]])).map(({ code }) => code)
  expect(codes).toEqual(refused ? ['yaml-syntax'] : [])
})

test('finds a path, its nearest parent where it is absent, and the right document', () => {
  const text = 'a:\n  - b: 1\n    c.d: 2\n---\nx: { y: 1 }\n'
  expect(locate(text, 'a[0].c\\.d')).toEqual({ line: 3, column: 5 })
  expect(locate(text, 'a[0].missing')).toEqual({ line: 2, column: 5 })
  expect(locate(text, 'x.y', 1)).toEqual({ line: 5, column: 6 })
})
