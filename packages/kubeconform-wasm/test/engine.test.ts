import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { zstdDecompressSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { startEngine } from '../src/engine.ts'
import { createValidator } from '../src/index.ts'
import { deployment, schemas, widget } from './fixtures.ts'

const loadSchema = (kind: string) => schemas[kind]
const documents = (...objects: unknown[]) => objects.map((object, index) => ({ file: 'a.yaml', index, object }))
/** kubeconform-wasm fails on these kinds as it would on a bug of its own: go/registry.go. */
const failing = (kind: 'Panic' | 'Exit') => ({ apiVersion: 'selftest.openova.io/v1', kind })

test.each([
  ['Panic', 'kubeconform failed: panic: as asked'],
  ['Exit', 'kubeconform failed: it exited with code 2: fatal error: as asked'],
] as const)('%s in Go becomes one finding, beside the verdicts of the others, and the next call works', (kind, message) => {
  const validator = createValidator({ loadSchema })
  const batch = documents(widget({ size: '3' }), failing(kind), widget({}), deployment({ replicas: '3' }))
  const expected = [
    { document: { index: 0 }, kind: 'invalid' },
    { document: { index: 1 }, kind: 'internal', message },
    { document: { index: 3 }, kind: 'invalid' },
  ]
  expect(validator.validate(batch)).toMatchObject(expected)
  expect(validator.validate(batch)).toMatchObject(expected)
  expect(validator.validate(documents(deployment({ replicas: 'x' })))).toMatchObject([{ path: ['spec', 'replicas'] }])
})

test('judges a thousand documents in one call, through memory that grows', () => {
  const objects = Array.from({ length: 1000 }, (_, i) =>
    widget({ size: i % 100 === 7 ? String(i) : 1, notes: { n: { [`k${i}`]: 'x'.repeat(4000) } } }),
  )
  const findings = createValidator({ loadSchema }).validate(documents(...objects))
  expect(findings.map(({ document, found }) => [document.index, found])).toEqual(
    Array.from({ length: 10 }, (_, i) => [i * 100 + 7, `string "${i * 100 + 7}"`]),
  )
})

test('reads its answer from memory that grew while it worked', () => {
  const engine = startEngine()
  engine.addSchemas({ 'v1/A': { type: 'object' } })
  for (const size of [1, 1000, 3_000_000, 10]) {
    const text = JSON.stringify({ apiVersion: 'v1', kind: 'A', data: 'x'.repeat(size) })
    expect(engine.validate([{ schema: 'v1/A', text }])).toEqual([{ status: 'valid' }])
  }
})

test('gives the same bytes from every instance and at every call', () => {
  const batch = documents(
    widget({ size: 'x', other: 1, parts: [{}, 1], either: {}, wait: 'q' }),
    deployment({ a: 1, b: 2, c: 3, replicas: [] }),
  )
  const engines = [1, 2, 3].map(() => createValidator({ loadSchema }))
  const texts = engines.flatMap((validator) => [1, 2, 3].map(() => JSON.stringify(validator.validate(batch))))
  expect(new Set(texts).size).toBe(1)
  expect(JSON.parse(texts[0]!)).toHaveLength(10)
})

test('a schema given again takes the place of the first, compiled or not', () => {
  const engine = startEngine()
  const judge = () => engine.validate([{ schema: 'v1/A', text: '{"apiVersion":"v1","kind":"A","n":1}' }])[0]?.status
  expect(judge()).toBe('missing-schema')
  engine.addSchemas({ 'v1/A': { properties: { n: { type: 'string' } } } })
  expect(judge()).toBe('invalid')
  engine.addSchemas({ 'v1/A': { properties: { n: { type: 'integer' } } } })
  expect(judge()).toBe('valid')
})

test('the artifact is the one that is recorded', () => {
  const folder = join(import.meta.dirname, '../wasm')
  const { sha256 } = JSON.parse(readFileSync(join(folder, 'kubeconform.json'), 'utf8')) as { sha256: string }
  const wasm = zstdDecompressSync(readFileSync(join(folder, 'kubeconform.wasm.zst')))
  expect(createHash('sha256').update(wasm).digest('hex')).toBe(sha256)
})

test('every module inside has its licence here', () => {
  const root = join(import.meta.dirname, '..')
  const { modules } = JSON.parse(readFileSync(join(root, 'wasm/kubeconform.json'), 'utf8')) as { modules: string[] }
  const notice = readFileSync(join(root, 'NOTICE'), 'utf8')
  expect(modules.length).toBeGreaterThan(5)
  for (const module of modules) expect(notice).toContain(`${module}: LICENSE`)
})
