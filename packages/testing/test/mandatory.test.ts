import { catalog } from '@openova/catalog'
import { loadSpec, mandatoryNames, type PlatformSpec } from '@openova/core'
import { describe, expect, test } from 'vitest'
import { planOf, testPlatform } from '../src/index.ts'

test('the catalog has all mandatory components, and each region runs them', () => {
  const platform = testPlatform()
  platform.spec.components = {}
  for (const { units } of planOf(platform).regions) {
    expect(units.map(({ name }) => name).toSorted()).toEqual([...mandatoryNames].toSorted())
  }
})

describe.each([
  ['enabled: false', { enabled: false }],
  ['disabled: true', { disabled: true }],
  ['false', false],
  ['a value enabled: false', { values: { enabled: false } }],
  ['install: false', { install: false }],
])('%s', (_, settings) => {
  test.each(['the platform', 'a region'])('is refused for every mandatory component in %s', (place) => {
    const accepted = mandatoryNames.filter((name) => {
      const text = JSON.stringify(withSettings(name, settings, place))
      const { spec, findings } = loadSpec(text, { file: 'clusters/platform.yaml', catalog })
      return spec !== undefined || !findings.some(({ code, message }) => code === 'mandatory-set' && message.includes(name))
    })
    expect(accepted).toEqual([])
  })
})

function withSettings(name: string, settings: unknown, place: string): PlatformSpec {
  const platform = testPlatform()
  const holder: { components: Record<string, unknown> } = place === 'a region' ? platform.spec.regions[1]! : platform.spec
  holder.components[name] = settings
  return platform
}
