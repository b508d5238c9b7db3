import { createPlan, joinPath, loadSpec } from '@openova/core'
import type { UnitName } from '@openova/core'
import { expect, test } from 'vitest'
import { findOrigins } from '../src/origin/origins.ts'
import { catalog, platformText } from './fixtures.ts'

test('a value that nobody set comes from the component', () => {
  expect(origins()).toMatchObject({ 'core.replicas': 'defaults', externalURL: 'defaults' })
})

test('each layer is told, and the one setting within it', () => {
  const tail = `  products: [fabric]
  components:
    harbor: { values: { bucket: images }, helmValues: { harbor: { extra: { a: 1, b: [1, 2] } } } }
`
  const inRegion = `
      components: { harbor: { values: { replicas: 4 }, helmValues: { harbor: { externalURL: 'https://other' } } } }`
  expect(origins(tail, inRegion)).toMatchObject({
    'core.replicas': 'region spec.regions[0].components.harbor.values.replicas',
    'core.resources.requests.cpu': 'defaults',
    'trivy.enabled': 'product scanner.enabled',
    's3.bucket': 'platform spec.components.harbor.values.bucket',
    'extra.a': 'helmValues spec.components.harbor.helmValues.harbor.extra.a',
    'extra.b': 'helmValues spec.components.harbor.helmValues.harbor.extra.b',
    externalURL: 'region helmValues spec.regions[0].components.harbor.helmValues.harbor.externalURL',
  })
})

test('the other region does not see a setting of this one', () => {
  const inRegion = '\n      components: { harbor: { values: { replicas: 4 } } }'
  expect(origins('', inRegion, { region: 'region-b' })).toMatchObject({ 'core.replicas': 'defaults' })
})

test('a setting that says what a weaker layer says already is not the origin', () => {
  expect(origins('  components: { harbor: { values: { replicas: 1 } } }')).toMatchObject({ 'core.replicas': 'defaults' })
})

test("a claim's setting is the origin of what it changes at the owner", () => {
  expect(origins('  components: { harbor: { values: { bucket: images } } }', '', { unit: 'minio' })).toMatchObject({
    buckets: 'platform spec.components.harbor.values.bucket',
    replicas: 'defaults',
  })
})

test('the last layer gives exactly what the plan gives', () => {
  const text = platformText('  components: { harbor: { values: { replicas: 3 }, helmValues: { harbor: { core: { replicas: 5 } } } } }')
  const { spec } = loadSpec(text, { file: 'platform.yaml', catalog })
  const unit = createPlan(spec!, catalog).plan!.regions[0]!.units.find(({ name }) => name === 'harbor')!
  const planned = unit.stages.flatMap(({ releases }) => releases).map(({ values }) => values.core)
  const found = findOrigins({ spec: spec!, catalog, region: 'region-a', unit: 'harbor' })[0]!.values.find(
    ({ key }) => key === 'core.replicas',
  )
  expect(planned).toMatchObject([{ replicas: 5 }])
  expect(found).toMatchObject({ value: 5, layer: 'helmValues' })
})

function origins(
  tail = '',
  inRegion = '',
  { region = 'region-a', unit = 'harbor' }: { region?: string; unit?: UnitName } = {},
): Record<string, string> {
  const { spec, findings } = loadSpec(platformText(tail, inRegion), { file: 'platform.yaml', catalog })
  expect(findings).toEqual([])
  const releases = findOrigins({ spec: spec!, catalog, region, unit })
  return Object.fromEntries(
    releases.flatMap(({ values }) =>
      values.map(({ key, layer, setting }) => [key, setting ? `${layer} ${joinPath('', setting.keys)}` : layer]),
    ),
  )
}
