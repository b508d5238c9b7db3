import { objectsOf, oneRegion, planOf, testComponent, testPlatform, findingsOn } from '@openova/testing'
import { execFileSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import component from '../src/index.ts'
import { setupScript } from '../src/script.ts'

testComponent(component, {
  cases: [
    { name: 'one-region', spec: oneRegion },
    {
      name: 'snapshots-every-hour',
      spec: (base) => {
        base.spec.components['openbao'] = { values: { snapshots: { schedule: '0 * * * *', keepDays: 2 } } }
        return base
      },
    },
    {
      name: 'one-recovery-key',
      spec: (base) => {
        base.spec.components['openbao'] = { values: { recovery: { shares: 1, threshold: 1 } } }
        return base
      },
    },
  ],
})

test('refuses a threshold that the shares cannot reach', () => {
  const platform = testPlatform()
  platform.spec.components['openbao'] = { values: { recovery: { shares: 2, threshold: 3 } } }
  expect(findingsOn('openbao', platform)).toMatchObject([
    { code: 'component-check', severity: 'error', at: 'spec.components.openbao.values.recovery.threshold' },
  ])
})

describe('the setup script', () => {
  const script = setupScript({ recovery: { shares: 5, threshold: 3 }, region: 'region-a', peer: 'region-b' })

  test('is a shell script that parses', () => {
    expect(() => execFileSync('/bin/sh', ['-n'], { input: script })).not.toThrow()
  })

  test('lets the other region write only what comes from there', () => {
    const peer = /bao policy write peer [^]*?\nEND\n/.exec(script)?.[0]
    expect(peer).toContain('shared/region-b/*')
    expect(peer).not.toContain('region-a')
    expect(script).toContain('allowed_common_names=external-secrets.region-b')
  })

  test('knows nothing of a peer in a platform of one region', () => {
    expect(setupScript({ recovery: { shares: 5, threshold: 3 }, region: 'region-a', peer: undefined })).not.toContain('auth enable cert')
  })
})

test('its seal key is brought by hand: no Secret and no edge to external-secrets stands before its servers', () => {
  const plan = planOf(testPlatform())
  const before = plan.regions[0]?.units.find(({ name }) => name === 'openbao')?.stages.find(({ stage }) => stage === 'needs')
  expect(before?.dependsOn.filter((edge) => edge.startsWith('external-secrets'))).toEqual([])
  expect(objectsOf(plan, { region: 'region-a', unit: 'openbao' }).filter(({ name }) => name === 'openbao-seal')).toEqual([])
})
