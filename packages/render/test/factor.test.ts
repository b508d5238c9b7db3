import { describe, expect, test } from 'vitest'
import fc from 'fast-check'
import { mergeDeep } from '@openova/core'
import { factorObjects, factorValues } from '../src/factor.ts'

describe('factorValues', () => {
  test('puts into the base what all regions say alike, and into overlays the rest', () => {
    const a = { host: 'a', core: { replicas: 2, image: 'x' }, list: [1, 2] }
    const b = { host: 'b', core: { replicas: 2, image: 'y' }, list: [1, 3] }
    expect(factorValues([a, b], [a, b])).toEqual({
      base: { core: { replicas: 2 } },
      overlays: [
        { host: 'a', core: { image: 'x' }, list: [1, 2] },
        { host: 'b', core: { image: 'y' }, list: [1, 3] },
      ],
    })
  })

  test('takes null for a value', () => {
    const a = { x: null, y: 1 }
    const b = { x: null, y: null }
    expect(factorValues([a, b], [a, b])).toEqual({ base: { x: null }, overlays: [{ y: 1 }, { y: null }] })
  })

  test('leaves the other region alone when one is set otherwise', () => {
    const same = { core: { replicas: 2 } }
    expect(factorValues([same, same], [{ core: { replicas: 3 } }, same])).toEqual({ base: same, overlays: [{ core: { replicas: 3 } }, {}] })
  })

  test('keeps out of the base what some region lacks', () => {
    const both = { ui: { on: true }, x: 1 }
    expect(factorValues([both, both], [{ x: 1 }, both])).toEqual({ base: { x: 1 }, overlays: [{}, { ui: { on: true } }] })
  })

  const key = fc.constantFrom('a', 'b', 'c')
  const { values } = fc.letrec<{ tree: unknown; values: Record<string, unknown> }>((tie) => ({
    tree: fc.oneof({ maxDepth: 4 }, fc.constantFrom<unknown>(null, 1, 2, 'x', true, [], [1], {}), tie('values')),
    values: fc.dictionary(key, tie('tree'), { noNullPrototype: true, maxKeys: 3 }),
  }))

  test('merges back to what each region renders, whatever the baseline says', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 3 }).chain((count) => fc.tuple(list(count), list(count))),
        ([baseline, actual]) => {
          const { base, overlays } = factorValues(baseline, actual)
          expect(overlays.map((overlay) => mergeDeep(base, overlay))).toEqual(actual)
        },
      ),
      { numRuns: 3000 },
    )
  })

  test('gives the other region the same overlay, as long as a setting takes no key away', () => {
    fc.assert(
      fc.property(values, values, values, (a, b, setting) => {
        const before = factorValues([a, b], [a, b])
        const after = factorValues([a, b], [mergeKeys(a, setting), b])
        expect(after.base).toEqual(before.base)
        expect(after.overlays[1]).toEqual(before.overlays[1])
      }),
      { numRuns: 3000 },
    )
  })

  const list = (count: number) => fc.array(values, { minLength: count, maxLength: count })
})

describe('factorObjects', () => {
  const of = (entries: Record<string, unknown>) => new Map(Object.entries(entries).map(([id, object]) => [id, { object }]))

  test('writes whole to each overlay what the regions have in unlike form', () => {
    const a = of({ same: 1, unlike: 'a', onlyA: 1 })
    const b = of({ same: 1, unlike: 'b' })
    const { base, overlays } = factorObjects([a, b], [a, b])
    expect([...base.keys()]).toEqual(['same'])
    expect(overlays.map(({ own }) => [...own.keys()])).toEqual([['onlyA', 'unlike'], ['unlike']])
    expect(overlays.every(({ changed }) => changed.size === 0)).toBe(true)
  })

  test('keeps the base where only a region-level setting makes the difference', () => {
    const same = of({ object: 'same' })
    const { base, overlays } = factorObjects([same, same], [of({ object: 'set' }), same])
    expect([...base.keys()]).toEqual(['object'])
    expect(overlays.map(({ changed }) => [...changed.values()])).toEqual([[{ object: 'set' }], []])
  })
})

/** Sets scalars and lists where `values` has one too: what a setting can do without taking a key away. */
function mergeKeys(values: Record<string, unknown>, setting: Record<string, unknown>): Record<string, unknown> {
  const isPlain = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)
  return Object.fromEntries(
    Object.entries(values).map(([key, value]) => {
      if (!(key in setting)) return [key, value]
      if (isPlain(value)) return [key, isPlain(setting[key]) ? mergeKeys(value, setting[key]) : value]
      return [key, setting[key]]
    }),
  )
}
