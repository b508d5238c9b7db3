import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatCpu, formatMemory, isQuantity, parseCpu, parseMemory } from '../src/quantity.ts'

describe('CPU', () => {
  test.each([
    ['250m', 250],
    ['1', 1000],
    ['1.5', 1500],
    ['0.1', 100],
    ['1.1', 1100],
    ['.5', 500],
    ['2.', 2000],
    ['1k', 1_000_000],
    ['100u', 1],
    ['1e1', 10_000],
    ['1E-3', 1],
    ['0', 0],
    ['+2', 2000],
    [2, 2000],
    [0.25, 250],
  ])('reads %s as %d millicores', (text, millicores) => expect(parseCpu(text)).toBe(millicores))

  test.each([
    [2000, '2'],
    [1500, '1500m'],
    [1, '1m'],
    [0, '0'],
  ])('writes %d millicores as %s', (millicores, text) => expect(formatCpu(millicores)).toBe(text))

  test('reads what it wrote', () => {
    fc.assert(fc.property(fc.maxSafeNat(), (millicores) => parseCpu(formatCpu(millicores)) === millicores))
  })
})

describe('memory', () => {
  test.each([
    ['512Mi', 512 * 2 ** 20],
    ['1.5Gi', 1.5 * 2 ** 30],
    ['1G', 1e9],
    ['1500M', 1.5e9],
    ['64Ki', 65536],
    ['128974848', 128974848],
    ['128974848000m', 128974848],
    ['129e6', 129e6],
    ['0.1Gi', 107374183],
    [1024, 1024],
  ])('reads %s as %d bytes, rounded up', (text, bytes) => expect(parseMemory(text)).toBe(bytes))

  test.each([
    [1.5 * 2 ** 30, '1.5Gi'],
    [1.25 * 2 ** 30, '1.25Gi'],
    [640 * 2 ** 20, '640Mi'],
    [2 ** 40, '1Ti'],
    [1023, '1023'],
    [1_000_000_000, '976562.5Ki'],
    [1_000_000_001, '1000000001'],
    [0, '0'],
  ])('writes %d bytes as %s', (bytes, text) => expect(formatMemory(bytes)).toBe(text))

  test('reads what it wrote', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.maxSafeNat(),
          fc.nat(2 ** 20).map((mebibytes) => mebibytes * 2 ** 20),
        ),
        (bytes) => parseMemory(formatMemory(bytes)) === bytes,
      ),
    )
  })

  test('adds like integers, whatever the units', () => {
    const amount = fc.tuple(fc.nat(4096), fc.constantFrom('', 'k', 'M', 'G', 'Ki', 'Mi', 'Gi'))
    fc.assert(
      fc.property(
        amount,
        amount,
        ([a, unit], [b]) => parseMemory(`${a}${unit}`) + parseMemory(`${b}${unit}`) === parseMemory(`${a + b}${unit}`),
      ),
    )
  })

  test('a decimal is the same as its hundredths of the unit', () => {
    fc.assert(fc.property(fc.nat(9999), (n) => parseMemory(`${(n / 100).toFixed(2)}M`) === n * 10_000))
  })
})

test.each(['', ' ', '1 Gi', '8GB', 'Gi', '-1', '1..5', '.', '1ki', '1e', '1e3Gi', 'NaN', '١', '1e99', '1\n'])('refuses %j', (text) => {
  expect(() => parseMemory(text)).toThrow(`Unexpected memory \`${text}\`, expected a quantity such as \`512Mi\` or \`2Gi\``)
  expect(() => parseCpu(text)).toThrow('expected a quantity such as `250m` or `1.5`')
})

test('refuses to write what is no amount', () => {
  for (const amount of [-1, 0.5, Number.NaN, Infinity, 2 ** 53]) {
    expect(() => formatMemory(amount)).toThrow('expected a whole number')
    expect(() => formatCpu(amount)).toThrow('expected a whole number')
  }
})

test('tells a quantity from other things', () => {
  expect(['1Gi', '100m', 2].map(isQuantity)).toEqual([true, true, true])
  expect(['big', null, {}, undefined, true].map(isQuantity)).toEqual([false, false, false, false, false])
})
