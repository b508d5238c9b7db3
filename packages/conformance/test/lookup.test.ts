import { expect, test } from 'vitest'
import { parsePath, readFactPaths } from '../src/chart/facts.ts'
import { lookUp } from '../src/chart/lookup.ts'
import { chartOf } from './chart.ts'

const values = `
replicas: 1
image:
  repository: demo
  tag: ""
resources:
  requests:
    cpu: 100m
nodeSelector:
  kubernetes.io/os: linux
extra: {}
nothing:
hosts: []
ports:
  - name: http
    port: 80
  - name: https
    port: 443
    # nodePort: 30443
grafana.ini:
  server:
    domain: ""
`

test.each([
  ['a plain value', 'replicas', 'known'],
  ['a nested key', 'image.repository', 'known'],
  ['a nested key that is not there', 'image.repo', 'unknown'],
  ['a key below a plain value', 'replicas.count', 'unknown'],
  ['anything below an empty map', 'extra.any.thing', 'open'],
  ['anything below null', 'nothing.any', 'open'],
  ['an item of an empty list', 'hosts[].name', 'open'],
  ['a key of a list item', 'ports[].port', 'known'],
  ['a key that only a comment in a list item shows', 'ports[].nodePort', 'known'],
  ['a key that no list item has', 'ports[].protocol', 'unknown'],
  ['a key with a dot', 'grafana\\.ini.server.domain', 'known'],
  ['another label of a node selector', 'nodeSelector.disk', 'open'],
  ['a resource that the default does not name', 'resources.limits.memory', 'open'],
  ['a size outside requests and limits', 'resources.memory', 'unknown'],
])('%s: %s is %s', (_, path, verdict) => {
  expect(lookUp(chartOf(values), parsePath(path)).verdict).toBe(verdict)
})

test.each([
  ['the nearest sibling', 'image.repositry', 'did you mean `repository`?'],
  ['where the key is instead', 'tag', 'the chart has it at `image.tag`'],
  ['what there is', 'image.checksum', 'the chart has `repository`, `tag` there'],
  ['that nothing can lie there', 'replicas.minimum', 'the chart has a single value above it: remove it or set that'],
])('suggests %s', (_, path, fix) => {
  expect(lookUp(chartOf(values), parsePath(path)).fix).toBe(fix)
})

test('counts a verified fact as existing, and what lies below a map among them as open', () => {
  const facts = [
    { path: ['late', 'key'], open: false },
    { path: ['image'], open: true },
  ]
  const chart = chartOf(values, { facts })
  expect(lookUp(chart, ['late', 'key']).verdict).toBe('known')
  expect(lookUp(chart, ['late']).verdict).toBe('known')
  expect(lookUp(chart, ['image', 'mirror']).verdict).toBe('open')
})

test('looks into the values of a subchart, and takes anything where it has none', () => {
  const parent = chartOf(values, { subcharts: new Map([['db', 'postgresql']]) })
  const postgresql = chartOf('primary: { size: 1Gi }', { name: 'postgresql' })
  expect(lookUp(parent, ['db', 'anything']).verdict).toBe('open')
  expect(lookUp(parent, ['db', 'primary', 'size'], () => postgresql).verdict).toBe('known')
  expect(lookUp(parent, ['db', 'primary', 'syze'], () => postgresql).fix).toBe('did you mean `size`?')
})

const schema = {
  type: 'object',
  properties: {
    extra: { type: 'object', additionalProperties: false, properties: { only: { type: 'string' } } },
    probe: { $ref: '#/$defs/probe' },
    either: { anyOf: [{ type: 'object', properties: { a: {} } }, { type: 'null' }, { required: ['b'] }] },
    free: { type: 'object' },
    items: { type: 'array', items: { type: 'object', properties: { name: {} } } },
    byName: { type: 'object', additionalProperties: { type: 'object', properties: { size: {} } } },
  },
  $defs: { probe: { type: 'object', properties: { path: {}, inner: { $ref: '#/$defs/probe' } } } },
}

test.each([
  ['a property', 'extra.only', 'known'],
  ['what a closed object forbids, although the default is an empty map', 'extra.other', 'unknown'],
  ['what lies behind references', 'probe.inner.inner.path', 'known'],
  ['a wrong key behind a reference', 'probe.inner.port', 'unknown'],
  ['a property of an alternative', 'either.a', 'known'],
  ['a wrong key of an alternative', 'either.c', 'unknown'],
  ['an object without properties', 'free.any', 'open'],
  ['a property of an item', 'items[].name', 'known'],
  ['a wrong key of an item', 'items[].nam', 'unknown'],
  ['a property below any name', 'byName.first.size', 'known'],
  ['a wrong key below any name', 'byName.first.sise', 'unknown'],
])('schema, %s: %s is %s', (_, path, verdict) => {
  expect(lookUp(chartOf(values, { schema }), parsePath(path)).verdict).toBe(verdict)
})

test('where the replicas of a workload stand counts as verified, and what is no path does not', () => {
  const replicas = ['server.history.replicaCount', 'server.frontend.replicaCount (falls back)', 'none (a switch)', 'n/a', null]
  const facts = { values: [], workloads: replicas.map((valuesPathForReplicas) => ({ valuesPathForReplicas })) }
  expect(readFactPaths(facts, 'demo').map(({ path }) => path.join('.'))).toEqual([
    'server.history.replicaCount',
    'server.frontend.replicaCount',
  ])
})
