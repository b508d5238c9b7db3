import type { PlatformSpec } from '@openova/core'
import { objectsOf, oneRegion, planOf, testComponent, testPlatform } from '@openova/testing'
import { describe, expect, test } from 'vitest'
import component from '../src/index.ts'

testComponent(component, {
  cases: [
    { name: 'one-region', spec: oneRegion },
    { name: 'k8gb', spec: withLoadBalancer('k8gb') },
    { name: 'one-server', spec: () => platformWith({ replicas: 1, autoCreateRooms: true, maxParticipants: 50, credentialHours: 1 }) },
  ],
})

function platformWith(values: Record<string, unknown> = {}): PlatformSpec {
  const platform = testPlatform()
  platform.spec.components['livekit'] = { values }
  return platform
}

function withLoadBalancer(loadBalancer: PlatformSpec['spec']['loadBalancer']) {
  return (platform: PlatformSpec) => ({ ...platform, spec: { ...platform.spec, loadBalancer } })
}

const objects = (platform: PlatformSpec, unit: 'livekit' | 'stunner', region = 'region-a') => objectsOf(planOf(platform), { region, unit })
const textOf = (platform: PlatformSpec, kind: string, region?: string) =>
  JSON.stringify(objects(platform, 'livekit', region).find((one) => one.kind === kind)?.body)

test('brings stunner and valkey with it', () => {
  const names = planOf(platformWith()).regions[0]!.units.map(({ name }) => name)
  expect(names).toEqual(expect.arrayContaining(['stunner', 'valkey']))
})

describe('the configuration', () => {
  test('has a cache and TURN servers of its own region, and no secret in it', () => {
    for (const [region, code] of [
      ['region-a', 'hfrp'],
      ['region-b', 'hnrp'],
    ] as const) {
      const text = textOf(platformWith(), 'Deployment', region)
      expect(text).toContain('valkey-cache.valkey.svc:6379')
      expect(text).toContain(`turn.${code}.example.com`)
      expect(text).toContain(String.raw`\"secret\":\"$(TURN_SECRET)\"`)
    }
  })

  test.each(['cloud', 'k8gb'] as const)('names the port at which STUNner offers TLS with %s', (loadBalancer) => {
    const platform = withLoadBalancer(loadBalancer)(platformWith())
    const offered = /"name":"tls","port":(\d+)/.exec(
      JSON.stringify(objects(platform, 'stunner').find(({ name }) => name === 'turn-edge')?.body),
    )?.[1]
    expect(offered).toBeDefined()
    expect(textOf(platform, 'Deployment')).toContain(String.raw`\"port\":${offered},\"protocol\":\"tls\"`)
  })

  test('fills in names only after the variables that they name', () => {
    const names = [...textOf(platformWith(), 'Deployment').matchAll(/"name":"([A-Z_]+)"/g)].map(([, name]) => name)
    expect(names.at(-1)).toBe('LIVEKIT_CONFIG')
    expect(names).toEqual(expect.arrayContaining(['REDIS_PASSWORD', 'TURN_SECRET', 'LIVEKIT_KEYS']))
  })
})

describe('with STUNner', () => {
  test('shares the secret that STUNner makes, and makes none', () => {
    const turn = objects(platformWith(), 'livekit').find(({ kind, name }) => kind === 'ExternalSecret' && name === 'turn')
    expect(JSON.stringify(turn?.body)).toContain('"shared/region-a/stunner/auth"')
    expect(objects(platformWith(), 'livekit').filter(({ kind, name }) => kind === 'PushSecret' && name === 'turn')).toEqual([])
  })

  test('is led to by a route to the Service that it has', () => {
    const route = objects(platformWith(), 'stunner').find(({ kind }) => kind === 'UDPRoute')
    expect(route?.body['spec']).toMatchObject({ rules: [{ backendRefs: [{ name: 'livekit', namespace: 'livekit' }] }] })
    expect(objects(platformWith(), 'livekit').filter(({ kind, name }) => kind === 'Service' && name === 'livekit')).toHaveLength(1)
  })

  test('opens media between both, on both sides', () => {
    for (const unit of ['livekit', 'stunner'] as const)
      expect(objects(platformWith(), unit).filter(({ kind, name }) => kind === 'CiliumNetworkPolicy' && name === 'media')).toHaveLength(1)
  })
})
