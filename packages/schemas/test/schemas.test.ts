import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { printSchema, type Schema, schemaPath } from '../src/index.ts'

const root = join(import.meta.dirname, '../../../schemas')
const folder = join(root, 'kubernetes')
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.json'))
  .map((file) => file.replaceAll('\\', '/'))
  .toSorted()
const schemas = files.map((file) => [file, JSON.parse(readFileSync(join(folder, file), 'utf8')) as Schema] as const)

/** Everything in a schema that is itself a schema. */
function nodes(schema: Schema): Schema[] {
  const { properties = {}, items, additionalProperties, not, allOf = [], anyOf = [], oneOf = [] } = schema
  const inner = [...Object.values(properties), ...allOf, ...anyOf, ...oneOf, items, additionalProperties, not]
  return [schema, ...inner.flatMap((part) => (typeof part === 'object' ? nodes(part) : []))]
}

test('every schema lies where its apiVersion and kind say', () => {
  for (const [file, { properties = {} }] of schemas) {
    const [apiVersion, kind] = [properties.apiVersion?.enum?.[0], properties.kind?.enum?.[0]]
    expect(schemaPath(String(apiVersion), String(kind))).toBe(file)
  }
})

test('every schema is a closed object that names itself', () => {
  for (const [file, { type, additionalProperties, required }] of schemas) {
    expect({ file, type, additionalProperties }).toEqual({ file, type: 'object', additionalProperties: false })
    expect(required).toEqual(expect.arrayContaining(['apiVersion', 'kind']))
  }
})

test('no schema has words for people, references or a dialect of its own', () => {
  const forbidden = ['$schema', '$ref', 'definitions', 'description', 'nullable', 'title', 'example']
  for (const [file, schema] of schemas) {
    const found = nodes(schema).flatMap((node) => forbidden.filter((keyword) => keyword in node))
    expect({ file, found }).toEqual({ file, found: [] })
  }
})

test('a field that may be null says so in its type and among its values', () => {
  for (const [file, schema] of schemas) {
    const wrong = nodes(schema).filter(({ type, enum: values }) => Array.isArray(type) && type.includes('null') && values && !values.includes(null))
    expect({ file, wrong }).toEqual({ file, wrong: [] })
  }
})

test('every file is printed as sync-schemas prints it', () => {
  const others = schemas.filter(([file, schema]) => readFileSync(join(folder, file), 'utf8') !== printSchema(schema))
  expect(others.map(([file]) => file)).toEqual([])
})

test('SOURCES.json lists exactly the kinds that have a file', () => {
  const sources = JSON.parse(readFileSync(join(root, 'SOURCES.json'), 'utf8')) as Record<string, { kinds: string[]; checksum: string }>
  const listed = Object.values(sources)
    .flatMap(({ kinds }) => kinds)
    .map((kind) => kind.split('/'))
    .map(([group, version = '', kind = '']) => schemaPath(group === 'core' ? version : `${group}/${version}`, kind))
  expect(listed.toSorted()).toEqual(files)
  expect(Object.values(sources).every(({ checksum }) => /^(h1|sha256):/.test(checksum))).toBe(true)
})

test('the whole folder stays small', () => {
  expect(existsSync(folder)).toBe(true)
  expect(schemas.length).toBeGreaterThan(200)
  expect(files.reduce((sum, file) => sum + readFileSync(join(folder, file)).length, 0)).toBeLessThan(12e6)
})
