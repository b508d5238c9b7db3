import { appendFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { getIn } from '@openova/core'
import type { SchemaDocument, SchemaFinding } from '@openova/kubeconform-wasm'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { placesOf, schemaCheck } from '../src/schema/check.ts'

let folder = ''
let starts = 0
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'openova-schema-'))
  starts = 0
  writeSchema('own', { type: 'object', properties: { spec: { properties: { replicas: { type: 'integer' } } } } })
})
afterEach(() => rmSync(folder, { recursive: true }))

const thing = (replicas: unknown) => ({ apiVersion: 'example.org/v1', kind: 'Thing', spec: { replicas } })

test('asks nothing of kubeconform, and does not start it, when nothing changed', () => {
  expect(check(thing(1), thing(2))).toEqual([])
  expect(starts).toBe(1)
  expect(check(thing(2), thing(1))).toEqual([])
  expect(starts).toBe(1)
})

test('asks again about an object that was edited, and only about that one', () => {
  check(thing(1), thing(2))
  expect(check(thing(1), thing('2'))).toEqual(['1: expected integer, found string "2"'])
  expect(starts).toBe(2)
})

test('asks again about every object of a kind whose schema changed', () => {
  check(thing(1))
  writeSchema('own', { type: 'object', properties: { spec: { properties: { replicas: { type: 'string' } } } } })
  expect(check(thing(1))).toEqual(['0: expected string, found number 1'])
})

test('asks again when a schema is added that comes before', () => {
  check(thing(1))
  writeSchema('extra', { type: 'object', properties: { spec: { properties: { replicas: { type: 'boolean' } } } } })
  expect(check(thing(1))).toEqual(['0: expected boolean, found number 1'])
})

test('reports an error each time, and says it of the objects beside it only when it is theirs', () => {
  for (const _ of [1, 2]) expect(check(thing('1'), thing(1))).toEqual(['0: expected integer, found string "1"'])
  expect(starts).toBe(2)
})

test('an object that is applied twice from one place is not valid by its better half', () => {
  const twice = (...objects: unknown[]) =>
    run(objects.map((object) => ({ file: 'a.yaml', index: 0, object }))).map(({ message }) => message)
  expect(twice(thing(1), thing('1'))).toHaveLength(1)
  expect(twice(thing(1), thing('1'))).toHaveLength(1)
})

test.each([
  ['cut off', (text: string) => text.slice(0, 20)],
  ['something else', () => '{"valid":true}'],
  ['no list of texts', () => '[1,null,{}]'],
  ['empty', () => ''],
])('a cache that is %s is as good as none', (_, spoil) => {
  check(thing(1))
  writeFileSync(verdicts(), spoil(readFileSync(verdicts(), 'utf8')))
  expect(check(thing(1), thing('x'))).toEqual(['1: expected integer, found string "x"'])
  check(thing(1))
  expect(starts).toBe(2)
})

test('the cache holds hashes of what is valid and nothing else, and may be deleted', () => {
  check(thing(1), thing('x'))
  const kept = JSON.parse(readFileSync(verdicts(), 'utf8')) as string[]
  expect(kept).toEqual([expect.stringMatching(/^[\w-]{43}$/)])
  rmSync(dirname(verdicts()), { recursive: true })
  expect(check(thing('x'))).toHaveLength(1)
})

test('works where the cache cannot be written', () => {
  writeFileSync(join(folder, 'node_modules'), 'a file in its way')
  expect(check(thing(1), thing('x'))).toHaveLength(1)
  expect(existsSync(verdicts())).toBe(false)
})

test('a number that JSON lacks is not taken for null', () => {
  expect(check(thing(null))).toHaveLength(1)
  writeSchema('own', { type: 'object', properties: { spec: { properties: { replicas: { type: ['integer', 'null'] } } } } })
  expect(check(thing(null))).toEqual([])
  expect(check(thing(Infinity))).toHaveLength(1)
})

describe('with kubeconform itself', () => {
  test('a kind without schema and a schema that is none are errors, for a list too', () => {
    expect(judge({ apiVersion: 'example.org/v1', kind: 'Other' })).toEqual(['0: no schema for example.org/v1/Other'])
    expect(judge({ apiVersion: 'v1', kind: 'List', items: [thing(1), thing('x')] })).toEqual(['0: expected integer, found string "x"'])
    appendFileSync(join(folder, 'own/example.org/thing_v1.json'), '}')
    expect(judge(thing(1))).toEqual([expect.stringContaining('schema of example.org/v1/Thing does not compile')])
  })

  test('leaves the folders with schemas for no kind, however it is written', () => {
    writeFileSync(join(folder, 'secret_v1.json'), '{}')
    expect(judge({ apiVersion: '../v1', kind: 'Secret' })).toEqual(['0: no schema for ../v1/Secret'])
  })

  test('knows the schemas of OpenOva, and those that a project added', () => {
    expect(placesOf('/project').schemas[0]).toBe('/project/schemas/extra')
    const findings = schemaCheck({ ...placesOf(), verdicts: verdicts() })([
      { file: 'a.yaml', index: 0, object: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' }, dta: {} } },
    ])
    expect(findings.map(({ message }) => message)).toEqual(['unexpected key `dta`, did you mean `data`?'])
  })
})

const verdicts = () => join(folder, 'node_modules', 'verdicts.json')

/** What the check says, of a stand-in that starts at once. */
const check = (...objects: unknown[]) => textsOf(run(documentsOf(objects)))

/** What kubeconform says. */
const judge = (...objects: unknown[]) => textsOf(schemaCheck(places())(documentsOf(objects)))

function run(documents: readonly SchemaDocument[]) {
  return schemaCheck(places(), ({ loadSchema }) => {
    starts++
    return { validate: (asked) => asked.flatMap((document) => wrongIn(document, loadSchema)) }
  })(documents)
}

/** Knows `type` of one field. */
function wrongIn({ file, index, object }: SchemaDocument, loadSchema: (kind: string) => object | undefined): SchemaFinding[] {
  const value = getIn(object, 'spec.replicas')
  const types = [getIn(loadSchema('example.org/v1/Thing'), 'properties.spec.properties.replicas.type')].flat()
  const fits = types.some((type) =>
    type === 'integer' ? Number.isInteger(value) : type === 'null' ? value === null : typeof value === type,
  )
  const [expected, found] = [types.join(), describeValue(value)]
  const message = `expected ${expected}, found ${found}`
  return fits ? [] : [{ document: { file, index }, kind: 'invalid', path: ['spec', 'replicas'], expected, found, message }]
}

const describeValue = (value: unknown) => `${typeof value} ${JSON.stringify(value)}`
const places = () => ({ schemas: [join(folder, 'extra'), join(folder, 'own')], verdicts: verdicts() })
const documentsOf = (objects: readonly unknown[]) => objects.map((object, index) => ({ file: 'a.yaml', index, object }))
const textsOf = (findings: readonly Pick<SchemaFinding, 'document' | 'message'>[]) =>
  findings.map(({ document, message }) => `${document.index}: ${message}`)

function writeSchema(place: string, schema: object) {
  mkdirSync(join(folder, place, 'example.org'), { recursive: true })
  writeFileSync(join(folder, place, 'example.org', 'thing_v1.json'), JSON.stringify(schema))
}
