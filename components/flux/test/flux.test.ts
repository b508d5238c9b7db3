import type { PlatformSpec } from '@openova/core'
import { objectsOf, oneRegion, planOf, testComponent, testPlatform } from '@openova/testing'
import { describe, expect, test } from 'vitest'
import component from '../src/index.ts'

testComponent(component, {
  cases: [
    { name: 'one-region', spec: oneRegion },
    { name: 'alerts-to-slack', spec: () => platformWith({ values: { alerts: { provider: 'slack', severity: 'info' } } }) },
    { name: 'internal-webhook-without-status', spec: () => platformWith({ values: { webhookAudience: 'internal', gitProvider: 'none' } }) },
    { name: 'ssh', spec: () => platformWith({ url: 'ssh://git@gitlab.example.org:2222/group/platform.git' }) },
  ],
})

function platformWith({ url, values = {} }: { url?: string; values?: Record<string, unknown> }): PlatformSpec {
  const platform = testPlatform()
  if (url !== undefined) platform.spec.git.url = url
  platform.spec.components['flux'] = { values }
  return platform
}

const find = (platform: PlatformSpec, kind: string, name: string) =>
  objectsOf(planOf(platform), { region: 'region-a', unit: 'flux' }).find((one) => one.kind === kind && one.name === name)

describe('commit status', () => {
  test.each([
    ['https://github.com/acme/platform', 'github', 'https://github.com/acme/platform'],
    ['https://gitlab.example.org/group/platform.git', 'gitlab', 'https://gitlab.example.org/group/platform'],
    ['ssh://git@gitlab.example.org:2222/group/platform.git', 'gitlab', 'https://gitlab.example.org/group/platform'],
    ['https://git.example.org:8443/platform.git', 'gitea', 'https://git.example.org:8443/platform'],
  ])('of %s goes to %s at %s', (url, type, address) => {
    expect(find(platformWith({ url }), 'Provider', 'commit-status')?.body['spec']).toMatchObject({ type, address })
  })

  test('tells the two regions apart', () => {
    const status = (region: string) =>
      objectsOf(planOf(testPlatform()), { region, unit: 'flux' }).find(({ kind, name }) => kind === 'Provider' && name === 'commit-status')
        ?.body['spec']
    expect(status('region-a')).toHaveProperty('commitStatusExpr', "'hz-fsn-rtz-prod/' + event.involvedObject.name")
    expect(status('region-b')).toHaveProperty('commitStatusExpr', "'hz-nbg-rtz-prod/' + event.involvedObject.name")
  })
})

describe('the FluxInstance', () => {
  const instance = find(platformWith({ values: { memory: { helm: '256Mi' } } }), 'FluxInstance', 'flux')

  test('is counted with the sizes that its patches give the controllers', () => {
    const patches = JSON.stringify(instance?.body)
    expect(instance?.workloads.map(({ name, memory }) => [name, memory])).toEqual([
      ['source-controller', '88Mi'],
      ['kustomize-controller', '112Mi'],
      ['helm-controller', '256Mi'],
      ['notification-controller', '32Mi'],
    ])
    for (const { memory } of instance?.workloads ?? []) expect(patches).toContain(`\\"memory\\": \\"${memory}\\"`)
  })

  test('is never pruned, and applies the folder of its own region', () => {
    expect(instance?.annotations).toEqual({ 'kustomize.toolkit.fluxcd.io/prune': 'disabled' })
    expect(instance?.body['spec']).toHaveProperty('sync.path', 'clusters/region-a')
  })
})
