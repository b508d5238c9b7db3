import { describe, expect, test } from 'vitest'
import fc from 'fast-check'
import { parse } from 'yaml'
import { printYaml } from '../src/index.ts'

describe('printYaml', () => {
  test('puts what a reader looks for first, then sorts', () => {
    const object = {
      spec: { b: 1, a: { kind: 'x', apiVersion: 'v' } },
      data: {},
      metadata: { annotations: { b: '', a: '' }, uid: 'u', labels: {}, namespace: 'here', name: 'x' },
      kind: 'K',
      apiVersion: 'v1',
    }
    expect(printYaml(object)).toBe(
      [
        'apiVersion: v1',
        'kind: K',
        'metadata:',
        '  name: x',
        '  namespace: here',
        '  labels: {}',
        '  annotations:',
        '    a: ""',
        '    b: ""',
        '  uid: u',
        'spec:',
        '  a:',
        '    apiVersion: v',
        '    kind: x',
        '  b: 1',
        'data: {}',
        '',
      ].join('\n'),
    )
  })

  test('sorts helm values by code unit, and leaves a key called metadata alone', () => {
    expect(printYaml({ b: 1, a: 2, Z: 3, metadata: { z: 1, name: 2, a: 3 } })).toBe(
      'Z: 3\na: 2\nb: 1\nmetadata:\n  a: 3\n  name: 2\n  z: 1\n',
    )
  })

  test('keeps lists in order, drops undefined, keeps null', () => {
    expect(printYaml({ list: ['b', undefined, 'a'], gone: undefined, nothing: null })).toBe('list:\n  - b\n  - a\nnothing: null\n')
  })

  test('gives the same text for the same content in another key order', () => {
    expect(printYaml({ a: { c: 1, b: 2 } })).toBe(printYaml({ a: { b: 2, c: 1 } }))
  })

  test('repeats an object that stands twice, without an anchor', () => {
    const shared = { a: 1 }
    expect(printYaml({ v: shared, w: shared })).toBe('v:\n  a: 1\nw:\n  a: 1\n')
  })

  test('does not fold a long line', () => {
    const long = 'word '.repeat(80).trim()
    expect(printYaml({ long })).toBe(`long: ${long}\n`)
  })

  test.each([
    'on',
    'Off',
    'yes',
    'NO',
    'y',
    'N',
    '1_000',
    '0b11',
    '0o17',
    '017',
    '685_230.15',
    '1e3',
    '~',
    'null',
    '',
    '2024-01-01',
    '12:30:45',
    '.5',
    '<<',
  ])('quotes %j, which some parser would not read as a string', (text) => {
    expect(printYaml({ text })).toMatch(/^text: (".*"|'.*')\n$/)
    expect(printYaml({ [text]: 1 })).toMatch(/^(\? )?(".*"|'.*'): 1\n$/)
  })

  test.each([
    ['U+0085', '\u0085'],
    ['U+2028', '\u2028'],
    ['U+2029', '\u2029'],
    ['U+FEFF', '\uFEFF'],
    ['U+D800', '\uD800'],
    ['U+DC00', 'a\uDC00b'],
    ['U+0000', '\0'],
    ['U+000D', 'a\r\n'],
    ['U+001B', '\u001B'],
    ['U+007F', '\u007F'],
  ])('refuses %s and names its path', (code, text) => {
    expect(() => printYaml({ spec: { list: [{ text: `x${text}` }] } })).toThrow(`Unexpected character ${code} at spec.list[0].text`)
    expect(() => printYaml({ spec: { [text]: 1 } })).toThrow(`Unexpected character ${code} at spec.`)
  })

  test('refuses a number that YAML cannot say, also after the same object with null', () => {
    expect(printYaml({ a: null })).toBe('a: null\n')
    expect(() => printYaml({ a: Number.NaN })).toThrow('Unexpected number NaN at a')
  })

  test('lets every other character pass, emoji included', () => {
    const text = 'Grüße, 世界 🚀\n\tindented\n'
    expect(parse(printYaml({ text }))).toEqual({ text })
  })

  test.each([
    ['a tab', '\ta\nb', 'text: "\\ta\\nb"\n'],
    ['an empty line and a tab', '\n\ta', 'text: "\\n\\ta"\n'],
    ['nothing but white space', ' \n\n', 'text: "\\ \\n\\n"\n'],
  ])('quotes a text of several lines that starts with %s, which Go misreads in a block', (_, text, printed) => {
    expect(printYaml({ text })).toBe(printed)
  })

  test('takes a key called __proto__ for what it is', () => {
    expect(printYaml(JSON.parse('{"__proto__": {"a": 1}}'))).toBe('__proto__:\n  a: 1\n')
  })

  test('reads back as what was written', () => {
    const printable = fc.string({ unit: 'grapheme' }).filter((text) => !/[\u0080-\u009F\u2028\u2029\uFEFF]/.test(text))
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof(
        { maxDepth: 4 },
        printable,
        fc.integer(),
        fc.boolean(),
        fc.constant(null),
        fc.array(tie('tree'), { maxLength: 3 }),
        fc.dictionary(printable, tie('tree'), { maxKeys: 4, noNullPrototype: true }),
      ),
    }))
    fc.assert(
      fc.property(tree, (value) => {
        expect(parse(printYaml(value))).toEqual(value)
      }),
      { numRuns: 500 },
    )
  })
})
