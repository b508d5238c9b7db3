import { expect, test } from 'vitest'
import { countFindings, formats, painter, printFindings, printReport } from '../src/index.ts'
import { finding } from './findings.ts'

const plain = painter(false)
test('says file, line, column and path, then what and how to mend it', () => {
  expect(printFindings([finding({})], plain)).toBe(`clusters/platform.yaml:14:5  spec.products[1]
  error unknown-product: Unexpected product \`cortx\`, expected one of cortex, fabric, fingate, relay
  fix: did you mean \`cortex\`?
`)
})

test('groups by file, in the order of lines, and by place', () => {
  const other = { message: 'm', fix: 'f' }
  const findings = [
    finding({ ...other, file: 'b.yaml', at: '', line: undefined, column: undefined, code: 'second' }),
    finding({ ...other, file: 'a.yaml', line: 10, column: 1, at: 'late' }),
    finding({ ...other, file: 'a.yaml', line: 9, column: 1, at: 'early', code: 'one' }),
    finding({ ...other, file: 'a.yaml', line: 9, column: 1, at: 'early', code: 'two', severity: 'warning' }),
  ]
  expect(printFindings(findings, plain)).toBe(`a.yaml:9:1  early
  error one: m
  fix: f
  warning two: m
  fix: f
a.yaml:10:1  late
  error unknown-product: m
  fix: f

b.yaml
  error second: m
  fix: f
`)
})

test('colours only where it is told to', () => {
  expect(printFindings([finding({})], painter(true))).toContain('\u001B[31m')
  expect(printFindings([finding({})], plain)).not.toContain('\u001B')
})

test.each([
  [[], 'no findings'],
  [['error'], '1 error'],
  [['warning', 'warning'], '2 warnings'],
  [['error', 'warning', 'error'], '2 errors, 1 warning'],
] as const)('counts %j as %s', (severities, text) => {
  expect(countFindings(severities.map((severity) => finding({ severity })))).toBe(text)
})

test('a report names its format: text ends with the count, JSON holds the findings as they are', () => {
  const reader = { rules: [], paint: plain }
  expect(printReport([], 'text', reader)).toBe('no findings\n')
  expect(printReport([finding({})], 'text', reader)).toBe(`${printFindings([finding({})], plain)}\n1 error\n`)
  expect(JSON.parse(printReport([finding({})], 'json', reader))).toEqual({ findings: [finding({})] })
  for (const format of formats) expect(printReport([finding({})], format, reader)).toContain('cortx')
})
