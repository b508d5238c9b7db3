import { describe, expect, test } from 'vitest'
import { lintSchema } from '../src/lint.ts'

const object = (properties: object, rest: object = { additionalProperties: false }) => ({ type: 'object', properties, ...rest })
const text = { type: 'string', default: '', description: 'Text.' }

describe('a schema of values', () => {
  test.each<[name: string, schema: unknown]>([
    ['has closed objects with default and description', object({ a: text, b: { ...object({ c: text }), description: 'B.' } })],
    ['may have typed maps', object({ a: { type: 'object', additionalProperties: { type: 'string' }, default: {}, description: 'A.' } })],
    [
      'may require keys in items',
      object({
        a: {
          type: 'array',
          items: { ...object({ b: { type: 'string', description: 'B.' } }), required: ['b'] },
          default: [],
          description: 'A.',
        },
      }),
    ],
    ['may be empty', object({})],
  ])('%s', (_, schema) => expect(lintSchema(schema, 'x.json')).toEqual([]))

  test.each<[name: string, schema: unknown, problem: string]>([
    ['is a map', [], 'expected a JSON schema, a map'],
    ['is of an object', { type: 'string', additionalProperties: false }, '`type` of the whole must be `object`'],
    ['is closed', object({}, {}), 'the whole is an open object; set `additionalProperties: false`'],
    [
      'is closed within',
      object({ a: { ...object({ b: text }, {}), description: 'A.' } }),
      'a is an open object; set `additionalProperties: false`',
    ],
    [
      'is closed in items',
      object({ a: { type: 'array', items: object({ b: text }, {}), default: [], description: 'A.' } }),
      'a[] is an open object; set `additionalProperties: false`',
    ],
    ['has descriptions', object({ a: { type: 'string', default: '' } }), 'a has no description'],
    ['has defaults', object({ a: { type: 'string', description: 'A.' } }), 'a has no default'],
    [
      'has defaults within',
      object({ a: { ...object({ b: { type: 'string', description: 'B.' } }), description: 'A.' } }),
      'a.b has no default',
    ],
    ['has types', object({ a: { default: '', description: 'A.' } }), 'a has no type'],
    ['has items', object({ a: { type: 'array', default: [], description: 'A.' } }), 'a has no items'],
    [
      'stands alone',
      object({ a: { $ref: '#/definitions/a', default: '', description: 'A.' } }),
      'a uses `$ref`; write it out, since the schema becomes a part of a larger one',
    ],
    ['has defaults that fit', object({ a: { ...text, default: 3 } }), 'default of a does not fit: Unexpected `3`, expected text'],
    ['has only known types', object({ a: { ...text, type: 'strng' } }), 'type must be JSONType or JSONType[]: strng'],
    ['has keywords of the right type', object({ a: { ...text, pattern: 3 } }), 'pattern value must be ["string"]'],
    ['has only known keywords', object({ a: { ...text, patern: 'x' } }), 'strict mode: unknown keyword: "patern"'],
  ])('%s', (_, schema, problem) => expect(lintSchema(schema, 'x.json')).toEqual([`x.json: ${problem}`]))
})
