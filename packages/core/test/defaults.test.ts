import { expect, test } from 'vitest'
import { withDefaults } from '../src/defaults.ts'

const schema = {
  type: 'object',
  properties: {
    replicas: { type: 'integer', default: 2 },
    ui: { type: 'object', properties: { enabled: { type: 'boolean', default: true }, theme: { type: 'string', default: 'dark' } } },
    pools: {
      type: 'array',
      items: { type: 'object', properties: { size: { type: 'integer', default: 1 } }, required: ['name'] },
      default: [],
    },
    gpu: { type: 'object', properties: { model: { type: 'string' }, count: { type: 'integer', default: 1 } }, required: ['model'] },
    other: { $ref: '#/definitions/other' },
  },
}

test('fills in what is absent, also in absent objects and in items', () => {
  expect(withDefaults(schema, undefined)).toEqual({ replicas: 2, ui: { enabled: true, theme: 'dark' }, pools: [] })
  expect(withDefaults(schema, { ui: { theme: 'light' }, pools: [{ name: 'a' }, { name: 'b', size: 3 }] })).toEqual({
    replicas: 2,
    ui: { enabled: true, theme: 'light' },
    pools: [
      { name: 'a', size: 1 },
      { name: 'b', size: 3 },
    ],
  })
})

test('leaves an absent object absent where it has required keys or is only referred to', () => {
  expect(withDefaults(schema, {})).not.toHaveProperty('gpu')
  expect(withDefaults(schema, {})).not.toHaveProperty('other')
  expect(withDefaults(schema, { gpu: { model: 'A10' } })).toMatchObject({ gpu: { model: 'A10', count: 1 } })
})

test('keeps what is given: null, a wrong type, an unknown key', () => {
  expect(withDefaults(schema, { replicas: null, ui: 'none', extra: 1 })).toEqual({ replicas: null, ui: 'none', extra: 1, pools: [] })
})

test('neither changes its input nor shares a default', () => {
  const value = Object.freeze({ ui: Object.freeze({}) })
  const first = withDefaults(schema, value) as { pools: unknown[] }
  first.pools.push('x')
  expect(withDefaults(schema, value)).toEqual({ replicas: 2, ui: { enabled: true, theme: 'dark' }, pools: [] })
})
