import { describe, expect, test } from 'vitest'
import type { Catalog, Component } from '../src/contract.ts'
import { checkSchema } from '../src/spec/check.ts'
import { platformSchema } from '../src/spec/platform.schema.ts'

interface Schema {
  type?: string | string[]
  description?: string
  default?: unknown
  required?: string[]
  properties?: Record<string, Schema>
  additionalProperties?: boolean | Schema
  items?: Schema
  definitions?: Record<string, Schema>
  $ref?: string
}

const schema = platformSchema(fakeCatalog()) as Schema
/** Every property of the platform, by its path. */
const properties = [
  ...walk(schema, ''),
  ...Object.entries(schema.definitions ?? {}).flatMap(([name, definition]) => walk(definition, name)),
]

test('has the whole of the platform', () => {
  expect(properties.length).toBeGreaterThan(40)
  expect(properties.map(({ at }) => at)).toEqual(
    expect.arrayContaining(['spec.regions[].pools[].gpu.model', 'harbor.values.replicas', 'cnpg.helmValues']),
  )
})

test('every property has a description', () => {
  expect(properties.filter(({ schema: { description, $ref } }) => !description && !$ref).map(({ at }) => at)).toEqual([])
})

test('every property that may be left out has a default, save where its absence means something', () => {
  const without = properties.filter(
    ({ schema: each, required }) => each.default === undefined && !required && !each.properties && !each.$ref,
  )
  expect(without.map(({ at }) => at)).toEqual(['spec.writeRegion'])
})

test('every default fits', () => {
  const defaulted = properties.filter(({ schema: each }) => each.default !== undefined)
  expect(
    defaulted.flatMap(({ at, schema: each }) =>
      checkSchema({ ...each, definitions: schema.definitions }, each.default).map(({ message }) => `${at}: ${message}`),
    ),
  ).toEqual([])
})

test('every object is closed, or a map whose values have a type', () => {
  const open = [{ at: '', schema }, ...properties].filter(
    ({ schema: each }) => [each.type].flat().includes('object') && each.additionalProperties !== false,
  )
  expect(open.map(({ at }) => at)).toEqual(['spec.regions[].pools[].labels', 'spec.writeRegions', 'cnpg.helmValues', 'harbor.helmValues'])
})

describe('an editor sees', () => {
  const platform = (change: object, region: object = {}) => ({
    apiVersion: 'openova.io/v1alpha1',
    kind: 'Platform',
    metadata: { name: 'example' },
    spec: {
      domain: 'example.org',
      git: { url: 'https://git.example.com/platform.git' },
      regions: [
        {
          name: 'region-a',
          location: 'fsn',
          network: { nodes: '10.0.1.0/24', pods: '10.1.0.0/16', services: '10.2.0.0/16' },
          pools: [{ name: 'server', count: 3, cpu: 8, memory: 16 }],
          ...region,
        },
      ],
      ...change,
    },
  })
  const placesOf = (document: object) => checkSchema(schema, document).map(({ path }) => path.join('.'))

  test('nothing in a good platform', () => {
    expect(
      placesOf(platform({ components: { harbor: { values: { replicas: 3 }, helmValues: { harbor: { a: 1 } } }, cnpg: null } })),
    ).toEqual([])
    expect(placesOf(platform({ provider: 'aws', preview: true }, { location: 'eu-central-1' }))).toEqual([])
  })

  test.each([
    ['an unknown component', platform({ components: { harbr: {} } }), 'spec.components.harbr'],
    [
      'a value of a wrong type',
      platform({ components: { harbor: { values: { replicas: 'x' } } } }),
      'spec.components.harbor.values.replicas',
    ],
    [
      'an unknown value in a region',
      platform({}, { components: { harbor: { values: { size: 1 } } } }),
      'spec.regions.0.components.harbor.values.size',
    ],
    ['an unknown product', platform({ products: ['cortex'] }), 'spec.products'],
    ['a location that Hetzner has not', platform({}, { location: 'ber' }), 'spec.regions.0.location'],
    ['turning a mandatory component off', platform({ components: { harbor: { enabled: false } } }), 'spec.components.harbor.enabled'],
  ])('%s', (_, document, place) => expect(placesOf(document)).toEqual([place]))
})

function walk(parent: Schema, at: string): { at: string; schema: Schema; required: boolean }[] {
  const nested = Object.entries(parent.properties ?? {}).flatMap(([key, each]) => {
    const path = at ? `${at}.${key}` : key
    return [{ at: path, schema: each, required: parent.required?.includes(key) ?? false }, ...walk(each, path)]
  })
  return [...nested, ...(parent.items ? walk(parent.items, `${at}[]`) : [])]
}

function fakeCatalog(): Catalog {
  const values = {
    schema: {
      $schema: 'http://json-schema.org/draft-07/schema#',
      type: 'object',
      additionalProperties: false,
      properties: { replicas: { type: 'integer', default: 2, description: 'Replicas.' } },
    },
  }
  const none = { schema: { type: 'object', additionalProperties: false, properties: {} } }
  const harbor: Component = { name: 'harbor', tier: 'mandatory', category: 'registry', namespace: 'harbor', values }
  const cnpg: Component = { name: 'cnpg', tier: 'a-la-carte', category: 'data', namespace: 'cnpg', values: none }
  return {
    components: new Map([
      ['harbor', harbor],
      ['cnpg', cnpg],
    ]),
    products: new Map(),
  }
}
