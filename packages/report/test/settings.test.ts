import { expect, test } from 'vitest'
import { settingsOf } from '../src/index.ts'

test('opens objects and says type, default and meaning of each value', () => {
  const schema = {
    type: 'object',
    properties: {
      replicas: { type: 'integer', default: 2, description: 'Pods.' },
      scanner: { type: 'object', properties: { mode: { enum: ['off', 'on'], default: 'off', description: 'When to scan.' } } },
      hosts: { type: 'array', items: { type: 'string' }, description: 'Names.' },
    },
  }
  expect(settingsOf(schema)).toEqual([
    { key: 'replicas', type: 'integer', default: '2', description: 'Pods.' },
    { key: 'scanner.mode', type: '"off" or "on"', default: '"off"', description: 'When to scan.' },
    { key: 'hosts', type: 'list of string', description: 'Names.' },
  ])
})
