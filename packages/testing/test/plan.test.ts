import { describe, expect, test } from 'vitest'
import { type Component, defineComponent, valuesOf } from '@openova/core'
import { oneRegion, planOf, testPlatform } from '../src/index.ts'

describe('the test platform', () => {
  test('has a plan in two regions, with every chosen component in both', () => {
    const { regions } = planOf(testPlatform())
    expect(regions.map(({ region }) => region.name)).toEqual(['region-a', 'region-b'])
    const [a, b] = regions.map(({ units }) => units.map(({ name }) => name).toSorted())
    expect(a).toContain('cnpg')
    expect(a).toEqual(b)
  })

  test('has a plan with one region too', () => {
    expect(planOf(oneRegion(testPlatform())).regions.map(({ region, units }) => [region.name, units.length > 0])).toEqual([
      ['region-a', true],
    ])
  })
})

describe('planOf', () => {
  test('throws what the findings say', () => {
    const reloader: Component = defineComponent({
      name: 'reloader',
      tier: 'mandatory',
      category: 'operations',
      namespace: 'reloader',
      values: valuesOf<Record<never, never>>({ type: 'object' }),
      check: () => [{ at: 'replicas', message: 'Unexpected `0`, expected `1`', fix: 'take it out' }],
    })
    const catalog = { components: new Map([['reloader' as const, reloader]]), products: new Map() }
    expect(() => planOf(testPlatform(), catalog)).toThrow(
      'The platform has no plan:\nspec.components.reloader.values.replicas\n  error component-check: Unexpected `0`, expected `1`\n  fix: take it out',
    )
  })
})
