import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { checkCharts } from '../src/checks/charts.ts'
import { findRegionReleases, mergeValues } from '../src/chart/region-releases.ts'
import type { RenderAnswer, RenderQuestion } from '../src/go-helm.ts'
import { treeOf } from './tree.ts'

const release = (chart: string) => `
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: ${chart}, namespace: ${chart}-system }
spec: { releaseName: ${chart}, chart: { spec: { chart: ${chart}, version: 1.2.3 } }, values: { last: true } }
`
const sync = (region: string, component: string) => `
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: ${component}-install }
spec: { path: ./clusters/${region}/${component}/install }
`

const tree = treeOf({
  'base/demo/install/kustomization.yaml': 'resources: [helmrelease-demo.yaml]\n',
  'base/demo/install/helmrelease-demo.yaml': release('demo'),
  'base/demo/install/values-demo.yaml': 'image: { repository: demo, tag: 1 }\nargs: [a, b]\nlast: false\n',
  'base/other/install/kustomization.yaml': 'resources: [helmrelease-other.yaml]\n',
  'base/other/install/helmrelease-other.yaml': release('other'),
  'base/lost/install/helmrelease-lost.yaml': release('lost'),
  'region-a/demo/install/kustomization.yaml': 'resources: [../../../base/demo/install]\n',
  'region-a/demo/install/region-demo.yaml': 'image: { tag: null }\nargs: [c]\n',
  'region-a/demo/sync.yaml': sync('region-a', 'demo'),
  'region-b/demo/sync.yaml': sync('base', 'demo'),
  'region-b/other/sync.yaml': sync('base', 'other'),
})

/** Has the chart `demo` only, and gives the answers in turn. */
async function check(...answers: RenderAnswer[]) {
  const asked: RenderQuestion[] = []
  const find = (name: string) => (name === 'demo' ? { path: '/charts/demo-1.2.3.tgz', version: '1.2.3' } : undefined)
  const render = (questions: RenderQuestion[]) => {
    asked.push(...questions)
    return Promise.resolve(answers)
  }
  return { result: await checkCharts(tree, { find }, { render }), asked }
}

test('finds a release once for each region that leads to it, with the values of base, region and release merged', () => {
  expect(findRegionReleases(tree).map(({ region, name, namespace, values }) => ({ region, name, namespace, values }))).toEqual([
    {
      region: 'region-a',
      name: 'demo',
      namespace: 'demo-system',
      values: { image: { repository: 'demo', tag: null }, args: ['c'], last: true },
    },
    {
      region: 'region-b',
      name: 'demo',
      namespace: 'demo-system',
      values: { image: { repository: 'demo', tag: 1 }, args: ['a', 'b'], last: true },
    },
    { region: 'region-b', name: 'other', namespace: 'other-system', values: { last: true } },
  ])
})

test('merges maps, and replaces a map by what is none and the other way round', () => {
  expect(mergeValues({ a: { b: 1, c: 2 }, d: { e: 1 }, f: 1 }, { a: { c: 3 }, d: 'text', f: { g: 1 } })).toEqual({
    a: { b: 1, c: 3 },
    d: 'text',
    f: { g: 1 },
  })
})

test('asks Helm with Kubernetes 1.36 and the API versions of the tree, and says what it did not check', async () => {
  const { result, asked } = await check({ objects: 2 }, { objects: 3 })
  expect(asked.map(({ chart, release, kubeVersion }) => [chart, release, kubeVersion])).toEqual([
    ['/charts/demo-1.2.3.tgz', 'demo', '1.36.0'],
    ['/charts/demo-1.2.3.tgz', 'demo', '1.36.0'],
  ])
  expect(asked[0]?.apiVersions).toContain('helm.toolkit.fluxcd.io/v2/HelmRelease')
  expect(parse(asked[0]?.values ?? '')).toEqual({ image: { repository: 'demo', tag: null }, args: ['c'], last: true })
  expect(result.findings).toEqual([])
  expect(result.summary).toBe(
    '1 of 3 releases rendered in every region that runs them (2 renderings, 5 objects, Kubernetes 1.36.0); 0 failed, 2 not checked',
  )
  expect(result.notes).toEqual([
    'not checked: chart other 1.2.3 is not in the folder of charts',
    'not checked: no region runs clusters/base/lost/install/helmrelease-lost.yaml',
  ])
})

test('names chart, release, region and the error of Helm, and counts a release that fails in one region as failed', async () => {
  const { result } = await check({ objects: 2 }, { objects: 0, error: 'tag is required' })
  expect(result.findings.map(({ code, at, message }) => [code, at, message])).toEqual([
    [
      'chart-does-not-render',
      'region-b',
      'Unexpected failure of Helm for chart `demo 1.2.3`, release `demo`, region `region-b`: tag is required',
    ],
  ])
  expect(result.summary).toContain('0 of 3 releases rendered')
  expect(result.summary).toContain('1 failed, 2 not checked')
})
