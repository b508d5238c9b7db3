import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { printLikeLibrary, printWithLibrary } from '../src/layout.ts'

/** Texts on the edge: what YAML has a meaning for, in any order, and the words that some parser reads as something else. */
const pieces = [
  'a',
  'e',
  'y',
  '0',
  '1',
  '.',
  '-',
  '+',
  '_',
  ':',
  ' ',
  '\t',
  '\n',
  '#',
  '"',
  "'",
  '\\',
  '%',
  '<',
  '~',
  '{',
  '[',
  ',',
  'é',
  '/',
  '$',
  '(',
  '?',
  '|',
  '>',
  '&',
  '*',
  '!',
  '@',
  '`',
  '=',
]
const words = [
  'yes',
  'No',
  'ON',
  'off',
  'null',
  'NULL',
  'True',
  'y',
  'N',
  'e5',
  'E+3',
  '0x1F',
  '0B11',
  '1_000',
  '1:30',
  '2024-01-01',
  '.inf',
  '<<',
  './a',
  '../../b',
  './1',
  '---',
  '...',
  '--- a',
  '%a',
  '',
]
const edge = fc.array(fc.constantFrom(...pieces), { maxLength: 12 }).map((some) => some.join(''))
const text = fc.oneof(
  edge,
  fc.constantFrom(...words),
  fc.string(),
  fc.lorem(),
  fc.array(fc.oneof(edge, fc.lorem()), { maxLength: 4 }).map((some) => some.join('\n')),
)
const { value } = fc.letrec((tie) => ({
  leaf: fc.oneof(
    { weight: 6, arbitrary: text },
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.boolean(),
    fc.constant(null),
  ),
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    tie('leaf'),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(text, tie('value'), { maxKeys: 4 }),
  ),
}))

describe('the layout', () => {
  test('is that of the library, for every value', () => {
    fc.assert(
      fc.property(value, (one) => {
        expect(printLikeLibrary(one)).toBe(printWithLibrary(one))
      }),
      { numRuns: 3000 },
    )
  })

  test.each([...words, ...pieces, ...words.flatMap((word) => [`${word} `, `${word}:`, `a ${word}`, `${word}\n`, `a\n${word}`])])(
    'is that of the library, for %j at every place',
    (word) => {
      const places = [
        word,
        [word],
        [[word]],
        { [word]: word },
        { a: { [word]: [word, { [word]: word }] } },
        { a: [[], {}, [{ [word]: {} }]] },
      ]
      for (const one of places) expect(printLikeLibrary(one)).toBe(printWithLibrary(one))
    },
  )

  test('is that of the library for a key that is too long for its line', () => {
    for (const length of [999, 1000, 1001, 1024, 1025, 2000]) {
      const one = { a: { ['k'.repeat(length)]: 1, [`"${'k'.repeat(length)}`]: [1] } }
      expect(printLikeLibrary(one)).toBe(printWithLibrary(one))
    }
  })
})
