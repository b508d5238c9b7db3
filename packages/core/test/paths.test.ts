import fc from 'fast-check'
import { expect, test } from 'vitest'

import { compact, deleteIn, getIn, mergeDeep, setIn } from '../src/index.ts'

const key = fc.stringMatching(/^[a-z]{1,4}$/)
const path = fc.array(key, { minLength: 1, maxLength: 4 }).map((keys) => keys.join('.'))
const data = fc.dictionary(key, fc.oneof(fc.integer(), fc.dictionary(key, fc.oneof(fc.integer(), fc.dictionary(key, fc.integer())))))

test('what is set at a path is found there', () => {
  fc.assert(
    fc.property(data, path, fc.integer(), (map, at, value) => {
      expect(getIn(setIn(map, at, value), at)).toBe(value)
    }),
  )
})

test('setting a path leaves the given data as it was', () => {
  fc.assert(
    fc.property(data, path, (map, at) => {
      const before = structuredClone(map)
      setIn(map, at, 1)
      expect(map).toEqual(before)
    }),
  )
})

test('merging a map over itself changes nothing, and the later one wins', () => {
  fc.assert(
    fc.property(data, (map) => {
      expect(mergeDeep(map, map)).toEqual(map)
    }),
  )
  expect(mergeDeep({ a: { b: 1, c: [1, 2] } }, { a: { c: [3], d: null } })).toEqual({ a: { b: 1, c: [3], d: null } })
})

test('a dot inside a key is written with a backslash, a list index as a number', () => {
  expect(setIn({}, 'grafana\\.ini.server', 1)).toEqual({ 'grafana.ini': { server: 1 } })
  expect(setIn({ list: [{ a: 1 }, { a: 2 }] }, 'list.1.a', 3)).toEqual({ list: [{ a: 1 }, { a: 3 }] })
})

test('deleting takes the parents along that it leaves empty', () => {
  expect(deleteIn({ a: { b: { c: 1 } }, d: 1 }, 'a.b.c')).toEqual({ d: 1 })
  expect(deleteIn({ a: { b: 1, c: 1 } }, 'a.b')).toEqual({ a: { c: 1 } })
})

test('undefined is dropped at any depth, null is a value', () => {
  expect(compact({ a: undefined, b: [undefined, { c: undefined, d: null }] })).toEqual({ b: [{ d: null }] })
})
