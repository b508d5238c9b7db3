import { parseCpu, parseMemory, type PlatformSpec, unitWorkloads } from '@openova/core'
import { oneRegion, planOf, testPlatform } from '@openova/testing'
import { describe, expect, test } from 'vitest'
import relay from '../src/index.ts'

describe('relay', () => {
  test('adds its components and what they need, each with the reason', () => {
    const { units } = planOf(withRelay()).regions[0]!
    const reasons = Object.fromEntries(units.filter(({ reason }) => reason !== 'mandatory').map(({ name, reason }) => [name, reason]))
    expect(reasons).toMatchObject({
      stalwart: 'product relay',
      livekit: 'product relay',
      stunner: 'product relay',
      matrix: 'product relay',
      valkey: expect.stringMatching(/needs a cache/),
      cnpg: 'chosen',
    })
  })

  test('runs two mail servers, one of which may be lost', () => {
    expect(planOf(withRelay()).regions[0]!.units.find(({ name }) => name === 'stalwart')?.values.replicas).toBe(2)
  })

  test.each([
    ['two regions', withRelay()],
    ['one region', oneRegion(withRelay())],
  ])('stays within its budget in %s', (_, platform) => {
    const members: ReadonlySet<string> = new Set(relay.bundles.map(({ component }) => component.name))
    for (const region of planOf(platform).regions) {
      const shares = unitWorkloads(region).filter(({ unit }) => members.has(unit))
      const sum = (of: (one: (typeof shares)[number]['workload']) => number) =>
        shares.reduce((total, { workload }) => total + of(workload) * (workload.replicas ?? region.region.nodes), 0)
      expect(sum(({ cpu }) => parseCpu(cpu))).toBeLessThanOrEqual(parseCpu(relay.limits.cpu))
      expect(sum(({ memory }) => parseMemory(memory))).toBeLessThanOrEqual(parseMemory(relay.limits.memory))
    }
  })

  test('has a host for mail, calls, rooms, accounts and the web client', () => {
    const hosts = planOf(withRelay()).regions[0]!.units.flatMap(({ needs }) =>
      needs.flatMap((need) => (need.kind === 'host' ? [need.ask.name] : [])),
    )
    expect(hosts).toEqual(expect.arrayContaining(['mail', 'livekit', 'matrix', 'account', 'element']))
  })

  test('logs people in at Keycloak where it is chosen', () => {
    const platform = withRelay()
    platform.spec.components.keycloak = {}
    const clients = planOf(platform).regions[0]!.units.flatMap(({ name, needs }) =>
      needs.some(({ kind }) => kind === 'client') ? [name] : [],
    )
    expect(clients).toEqual(expect.arrayContaining(['matrix', 'stalwart']))
  })
})

function withRelay(): PlatformSpec {
  const platform = testPlatform()
  platform.spec.products = ['relay']
  return platform
}
