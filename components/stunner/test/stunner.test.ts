import type { PlatformSpec } from '@openova/core'
import { findingsOn, objectsOf, oneRegion, planOf, testComponent, testPlatform } from '@openova/testing'
import { describe, expect, test } from 'vitest'
import component from '../src/index.ts'

testComponent(component, {
  cases: [
    { name: 'one-region', spec: oneRegion },
    { name: 'k8gb', spec: withLoadBalancer('k8gb') },
    { name: 'without-tls', spec: () => platformWith({ tls: false, credentialService: true, replicas: 3 }) },
  ],
})

function platformWith(values: Record<string, unknown> = {}): PlatformSpec {
  const platform = testPlatform()
  platform.spec.components['stunner'] = { values }
  return platform
}

function withLoadBalancer(loadBalancer: PlatformSpec['spec']['loadBalancer']) {
  return (platform: PlatformSpec) => ({ ...platform, spec: { ...platform.spec, loadBalancer } })
}

const objects = (platform: PlatformSpec, region = 'region-a') => objectsOf(planOf(platform), { region, unit: 'stunner' })
const find = (platform: PlatformSpec, kind: string, region?: string) => objects(platform, region).find((one) => one.kind === kind)
const edge = (platform: PlatformSpec, region?: string) => objects(platform, region).find(({ name }) => name === 'turn-edge')

describe('TURN at the edge', () => {
  test('has the addresses of the nodes, since no cloud load balancer carries UDP', () => {
    expect(edge(platformWith())?.body['spec']).toMatchObject({
      type: 'LoadBalancer',
      loadBalancerClass: 'io.cilium/node',
      ports: [
        { port: 3478, protocol: 'UDP' },
        { port: 443, targetPort: 5349, protocol: 'TCP' },
      ],
    })
  })

  test('leaves port 443 of a node to the Gateway that has it', () => {
    const k8gb = withLoadBalancer('k8gb')(platformWith())
    expect(edge(k8gb)?.body['spec']).toMatchObject({ ports: [{ port: 3478 }, { port: 5349 }] })
    expect(find(k8gb, 'Gateway')?.body['spec']).toMatchObject({ listeners: [{ port: 3478 }, { port: 5349 }] })
  })

  test('has a name in each region, which is published, certified, and told to the operator', () => {
    for (const [region, name] of [
      ['region-a', 'turn.hfrp.example.com'],
      ['region-b', 'turn.hnrp.example.com'],
    ] as const) {
      const platform = platformWith()
      expect(edge(platform, region)?.annotations['external-dns.alpha.kubernetes.io/hostname']).toBe(name)
      expect(find(platform, 'Certificate', region)?.body['spec']).toMatchObject({ dnsNames: [name] })
      expect(find(platform, 'Gateway', region)?.body['spec']).toMatchObject({ addresses: [{ type: 'Hostname', value: name }] })
    }
  })

  test('selects the pods of the Gateway that the operator makes them for', () => {
    const gateway = find(platformWith(), 'Gateway')
    expect(edge(platformWith())?.body['spec']).toMatchObject({
      selector: {
        'stunner.l7mp.io/related-gateway-name': gateway?.name,
        'stunner.l7mp.io/related-gateway-namespace': gateway?.namespace,
      },
    })
  })
})

test('gives both regions one secret, made in the first', () => {
  const made = (region: string) => objects(platformWith(), region).filter(({ kind }) => kind === 'Password' || kind === 'PushSecret')
  expect(made('region-a').length).toBeGreaterThan(0)
  expect(made('region-b')).toEqual([])
})

test('warns that it leads nowhere without livekit, and has no route', () => {
  expect(findingsOn('stunner', platformWith())).toMatchObject([{ severity: 'warning', message: expect.stringContaining('livekit') }])
  expect(find(platformWith(), 'UDPRoute')).toBeUndefined()
})
