import { getIn } from '@openova/core'
import { oneRegion, planOf, testComponent, testPlatform } from '@openova/testing'
import { describe, expect, test } from 'vitest'
import component from '../src/index.ts'

testComponent(component, {
  cases: [
    { name: 'one-region', spec: oneRegion },
    {
      name: 'with-kafka',
      spec: (base) => {
        base.spec.components.strimzi = {}
        return base
      },
    },
    {
      name: 'own-rules',
      spec: (base) => {
        const rules = { 'platform.yaml': '- macro: user_known_package_manager_in_container\n  condition: (k8s.ns.name = gitea)\n' }
        base.spec.components.falco = { values: { priority: 'warning', sidekick: { replicas: 2 }, rules } }
        return base
      },
    },
  ],
})

describe('falco', () => {
  test.each([
    [0, 'region:hfrp', 'siem-region-a-falco'],
    [1, 'region:hnrp', 'siem-region-b-falco'],
  ])('marks events of region %i as its own', (region, fields, index) => {
    const { values } = releaseOf('falcosidekick', region)
    expect(getIn(values, 'config.customfields')).toBe(fields)
    expect(getIn(values, 'config.elasticsearch.index')).toBe(index)
  })

  test('sends events to the Service of its sidekick', () => {
    expect(getIn(releaseOf('falco', 0).values, 'falco.http_output.url')).toBe('http://falcosidekick.falco.svc:2801/')
  })

  test('runs on tainted nodes too', () => {
    expect(getIn(releaseOf('falco', 0).values, 'tolerations')).toEqual([{ operator: 'Exists' }])
  })
})

function releaseOf(name: string, region: number) {
  const unit = planOf(testPlatform()).regions[region]!.units.find((one) => one.name === 'falco')!
  return unit.stages.flatMap(({ releases }) => releases).find((one) => one.name === name)!
}
