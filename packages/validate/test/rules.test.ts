import { readdirSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { rules } from '../src/index.ts'
import { runExample } from './examples.ts'

describe.each(rules.map((rule) => [rule.name, rule] as const))('%s', (_, rule) => {
  test('finds nothing in the example that passes', () => {
    expect(runExample(rule, rule.examples.pass)).toEqual([])
  })

  test('finds something, and says what to do, in the example that fails', () => {
    const drafts = runExample(rule, rule.examples.fail)
    expect(drafts).not.toEqual([])
    for (const { message, fix } of drafts) {
      expect(message).toMatch(/expected|nearly/)
      expect(fix).not.toBe('')
    }
  })
})

test('every rule is a file of its name, and is in the list', () => {
  const files = readdirSync(new URL('../src/rules', import.meta.url)).filter((name) => name !== 'index.ts')
  expect(rules.map(({ name }) => `${name}.ts`).toSorted()).toEqual(files.toSorted())
})

test('every rule says in one sentence what must hold', () => {
  for (const { description } of rules) expect(description).toMatch(/^[A-Z][^\n]*\.$/)
})
