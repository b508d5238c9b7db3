import { describe, expect, test } from 'vitest'
import { createValidator, type SchemaFinding } from '../src/index.ts'
import { deployment, schemas, widget } from './fixtures.ts'

const shared = createValidator({ loadSchema: (kind) => schemas[kind] })

const check = (...objects: unknown[]) => shared.validate(objects.map((object, index) => ({ file: 'a.yaml', index, object })))
const lines = (findings: readonly SchemaFinding[]) => findings.map(({ path, message }) => `${path.join('.')}: ${message}`)

describe('verdicts', () => {
  test('says nothing about objects that fit', () => {
    expect(check(deployment(), widget({ size: 3, port: '80%', mode: null }), widget({ port: 80 }))).toEqual([])
  })

  test.each([
    ['a wrong enum', { mode: 'fats' }, 'spec.mode: expected one of "fast", "safe", found string "fats"'],
    ['a wrong type', { size: '3' }, 'spec.size: expected integer, found string "3"'],
    ['null where it is not allowed', { parts: null }, 'spec.parts: expected array, found null'],
    ['a boolean for int-or-string', { port: true }, 'spec.port: expected integer or string, found boolean true'],
    ['a number out of range', { size: 70_000 }, 'spec.size: expected at most 65535, found number 70000'],
    ['a pattern', { name: "it's" }, 'spec.name: expected text that matches ^[a-z\']+\\d$, found string "it\'s"'],
    ['a duration', { wait: 'soon' }, 'spec.wait: expected a valid duration (must start with P), found string "soon"'],
    ['a missing key in a list', { parts: [{ name: 'a' }, {}] }, 'spec.parts.1: missing required key `name`'],
    ['an unknown key near a known one', { siez: 3 }, 'spec.siez: unexpected key `siez`, did you mean `size`?'],
    ['an unknown key far from all', { parts: [{ name: 'a', zzzzz: 1 }] }, 'spec.parts.0.zzzzz: unexpected key `zzzzz`, expected `name`'],
    ['no alternative', { either: {} }, 'spec.either: no alternative fits: missing required key `a`, or missing required key `b`'],
    ['two alternatives', { either: { a: 1, b: 1 } }, 'spec.either: expected one alternative to fit, not both 0 and 1, found object'],
    ['keys with slashes', { notes: { 'a/b': { 'c~d': 1 } } }, 'spec.notes.a/b.c~d: expected string, found number 1'],
  ])('reports %s', (_, spec, line) => {
    expect(lines(check(widget(spec)))).toEqual([line])
  })

  test('gives path, expected and found apart', () => {
    expect(check(deployment({ replicas: '3' }))).toEqual([
      {
        document: { file: 'a.yaml', index: 0 },
        kind: 'invalid',
        path: ['spec', 'replicas'],
        expected: 'integer',
        found: 'string "3"',
        message: 'expected integer, found string "3"',
      },
    ])
  })

  test('finds a misspelt field five levels down, and names the one that was meant', () => {
    const findings = check(deployment({}, { imgae: 'x' }))
    expect(lines(findings)).toEqual(['spec.template.spec.containers.0.imgae: unexpected key `imgae`, did you mean `image`?'])
    expect(findings[0]?.path).toEqual(['spec', 'template', 'spec', 'containers', 0, 'imgae'])
  })

  test('reports errors of several levels at once, in order and each once', () => {
    const twice = widget({ size: 'x', parts: [{}, { name: 1 }], either: {}, other: 1 }, { extra: 1 })
    const findings = check(twice, twice)
    expect(findings.map(({ document, path }) => `${document.index} ${path.join('.')}`)).toEqual(
      [0, 1].flatMap((i) =>
        ['extra', 'spec.either', 'spec.other', 'spec.parts.0', 'spec.parts.1.name', 'spec.size'].map((path) => `${i} ${path}`),
      ),
    )
  })

  test('is not misled by a value that looks like a report', () => {
    const value = "x' - at '/spec': got string, want integer"
    expect(check(widget({ size: value }))).toMatchObject([{ path: ['spec', 'size'], found: `string ${JSON.stringify(value)}` }])
  })
})

describe('documents', () => {
  test('judges the items of a list, where they stand', () => {
    expect(lines(check({ apiVersion: 'v1', kind: 'List', items: [widget({}), widget({ size: '3' })] }))).toEqual([
      'items.1.spec.size: expected integer, found string "3"',
    ])
  })

  test('says nothing about an empty document', () => {
    expect(check(null, undefined)).toEqual([])
  })

  test.each([
    [[], 'expected an object with apiVersion and kind, found array of 0'],
    ['text', 'expected an object with apiVersion and kind, found string "text"'],
    [{ apiVersion: 'v1' }, 'missing required key `kind`'],
    [{ kind: 'Widget' }, 'missing required key `apiVersion`'],
    [widget({ size: Number.NaN }), 'not an object that JSON can hold: NaN at `size`'],
    [widget({ name: '\ud83d' }), 'not an object that JSON can hold: half a character at `name`'],
    [widget({ notes: { '\udc00': {} } }), 'not an object that JSON can hold: half a character at `\udc00`'],
  ])('reports what is no object: %j', (object, message) => {
    expect(check(object)).toMatchObject([{ kind: 'invalid', message }])
  })

  test('takes every character', () => {
    expect(check(widget({ notes: { a: { b: '\u0000\u007f\u0085\u2028\ufeff\ufffe\n\t"\\/é😀\\ud83d' } } }))).toEqual([])
  })

  test('takes keys of every length, and keys that YAML reads as something else', () => {
    const notes = Object.fromEntries(['x'.repeat(5000), '<<', '=', '~', 'yes', '1e3', ''].map((key) => [key, { [key]: key }]))
    expect(check(widget({ notes }))).toEqual([])
  })

  test.each([0, -1, 65_535, 1e-7, 1e21, 1.5e300])('takes the number %d for a number', (number) => {
    expect(lines(check(widget({ name: number })))).toEqual([`spec.name: expected string, found number ${number}`])
  })
})

describe('schemas', () => {
  test('reports a kind that has none', () => {
    expect(check({ apiVersion: 'a/v1', kind: 'B' })).toMatchObject([
      { kind: 'missing-schema', message: 'no schema for a/v1/B', found: 'a/v1/B' },
    ])
  })

  test.each([
    ['a type that does not exist', { type: 'strin' }],
    ['a pattern that is none', { properties: { kind: { pattern: '(' } } }],
    ['a reference into nowhere', { properties: { spec: { $ref: '#/definitions/none' } } }],
    ['a reference to the network', { $ref: 'http://localhost:9/x.json' }],
    ['a reference to a file', { $ref: 'file:///etc/passwd' }],
  ])('reports %s', (_, schema) => {
    const validator = createValidator({ loadSchema: () => schema })
    expect(validator.validate([{ file: 'a', index: 0, object: widget({}) }])).toMatchObject([{ kind: 'bad-schema' }])
  })

  test('are compiled for what the objects reach, and again when they reach more', () => {
    const loadSchema = (kind: string) => schemas[kind]
    const validator = createValidator({ loadSchema })
    const grow = [{}, { size: '3' }, { parts: [{ name: 1 }] }, { either: {} }, { size: 3, nope: 1 }]
    const one = (object: unknown) => [{ file: 'a', index: 0, object }]
    for (const spec of grow) {
      expect(validator.validate(one(widget(spec)))).toEqual(createValidator({ loadSchema, whole: true }).validate(one(widget(spec))))
    }
  })

  test('are compiled whole on demand, so that an error which no object reaches shows', () => {
    const schema = { type: 'object', properties: { unused: { pattern: '(' } } }
    const documents = [{ file: 'a', index: 0, object: widget({}) }]
    expect(createValidator({ loadSchema: () => schema }).validate(documents)).toEqual([])
    expect(createValidator({ loadSchema: () => schema, whole: true }).validate(documents)).toMatchObject([{ kind: 'bad-schema' }])
  })

  test('keep what they say of a key that no object has', () => {
    const closed = { type: 'object', properties: { spec: { type: 'object', properties: { a: {} }, additionalProperties: false } } }
    const validator = createValidator({ loadSchema: () => ({ ...closed, required: ['absent'], default: 1 }) })
    const judge = (spec: object) => lines(validator.validate([{ file: 'a', index: 0, object: { apiVersion: 'a/v1', kind: 'A', spec } }]))
    expect(judge({ b: 1 })).toEqual([': missing required key `absent`', 'spec.b: unexpected key `b`, did you mean `a`?'])
    expect(judge({ a: 1 })).toEqual([': missing required key `absent`'])
  })

  test('are asked for once each', () => {
    const asked: string[] = []
    const validator = createValidator({ loadSchema: (kind) => (asked.push(kind), undefined) })
    const documents = [widget({}), widget({ size: 1 }), deployment()].map((object, index) => ({ file: 'a', index, object }))
    validator.validate(documents)
    validator.validate(documents)
    expect(asked).toEqual(['example.org/v1/Widget', 'apps/v1/Deployment'])
  })
})
