import { expect, test } from 'vitest'
import { checkHelmValues } from '../src/checks/helm-values.ts'
import { chartOf } from './chart.ts'
import { treeOf } from './tree.ts'

const chart = chartOf('replicas: 1\nimage:\n  repository: demo\nextra: {}\n')
const upstream = { findChart: (name: string) => (name === 'demo' ? chart : undefined) }

const helmRelease = `
kind: HelmRelease
spec: { chart: { spec: { chart: demo, version: 1.2.3 } } }
`

test('accepts values that the chart has, in the base and in an overlay', () => {
  const result = checkHelmValues(
    treeOf({
      'base/demo/install/helmrelease-demo.yaml': helmRelease,
      'base/demo/install/values-demo.yaml': 'image: { repository: mirror }\nextra: { anything: 1 }\n',
      'region-a/demo/install/region-demo.yaml': 'replicas: 3\n',
    }),
    upstream,
  )
  expect(result.findings).toEqual([])
  expect(result.summary).toBe(
    '3 helm value paths checked: 2 known, 1 open (the chart takes anything there), 0 unknown; 0 charts not checked',
  )
  expect(result.notes).toEqual(['open: demo: extra.anything'])
})

test('refuses a wrong nested key once, however much lies below it', () => {
  const { findings, summary } = checkHelmValues(
    treeOf({
      'base/demo/install/helmrelease-demo.yaml': helmRelease,
      'region-a/demo/install/region-demo.yaml': 'image: { repositoy: { host: a, path: b } }\n',
    }),
    upstream,
  )
  expect(findings).toEqual([
    {
      code: 'helm-value-unknown',
      severity: 'error',
      file: 'clusters/region-a/demo/install/region-demo.yaml',
      at: 'image.repositoy',
      message: 'Unexpected helm value `image.repositoy`: chart `demo` has no such key, and would ignore it',
      fix: 'did you mean `repository`?',
    },
  ])
  expect(summary).toContain('2 unknown')
})

test('refuses a plain value where the chart has a map', () => {
  const { findings } = checkHelmValues(
    treeOf({ 'base/demo/install/helmrelease-demo.yaml': helmRelease, 'base/demo/install/values-demo.yaml': 'image: demo\n' }),
    upstream,
  )
  expect(findings.map(({ code, at }) => [code, at])).toEqual([['helm-value-flattened', 'image']])
})

test('finds the chart behind a chartRef, and warns when its version is another', () => {
  const { findings } = checkHelmValues(
    treeOf({
      'base/demo/install/helmrelease-main.yaml':
        'kind: HelmRelease\nspec: { chartRef: { kind: OCIRepository, name: main-2.0.0 }, values: { replica: 1 } }\n',
      'base/demo/install/source-main.yaml': 'kind: OCIRepository\nspec: { url: "oci://example.org/charts/demo", ref: { tag: 2.0.0 } }\n',
    }),
    upstream,
  )
  expect(findings.map(({ code, severity, at }) => [code, severity, at])).toEqual([
    ['chart-version-differs', 'warning', ''],
    ['helm-value-unknown', 'error', 'spec.values.replica'],
  ])
})

test('lists a chart that it does not have, and refuses values that no release receives', () => {
  const { findings, notes } = checkHelmValues(
    treeOf({
      'base/demo/install/helmrelease-demo.yaml': helmRelease.replace('chart: demo', 'chart: other'),
      'base/demo/install/values-demo.yaml': 'a: 1\n',
      'base/demo/install/values-lost.yaml': 'a: 1\n',
    }),
    upstream,
  )
  expect(findings.map(({ code, file }) => [code, file])).toEqual([
    ['values-without-release', 'clusters/base/demo/install/values-lost.yaml'],
  ])
  expect(notes).toEqual(['could not check: chart other 1.2.3 is not in the upstream folder'])
})
