import { type Platform, type PlatformSpec } from '@openova/core'
import { objectsOf, oneRegion, planOf, testComponent, testPlatform, findingsOn } from '@openova/testing'
import { describe, expect, test } from 'vitest'
import component from '../src/index.ts'

const addresses = ['192.168.0.240-192.168.0.249', '192.168.1.0/28']

testComponent(component, {
  cases: [
    { name: 'one-region', spec: oneRegion },
    { name: 'k8gb', spec: () => platformWith('k8gb') },
    { name: 'cilium-l2', spec: () => platformWith('cilium-l2', { loadBalancer: { addresses, interfaces: ['^eth1'] } }) },
    { name: 'staging-certificates', spec: () => platformWith('cloud', { certificateIssuer: 'letsencrypt-staging', operatorReplicas: 2 }) },
  ],
})

function platformWith(loadBalancer: Platform['loadBalancer'], values: Record<string, unknown> = {}): PlatformSpec {
  const platform = testPlatform()
  platform.spec.loadBalancer = loadBalancer
  platform.spec.components['cilium'] = { values }
  return platform
}

function helmValues(platform: PlatformSpec, region = 0) {
  const { stages } = planOf(platform).regions[region]!.units.find(({ name }) => name === 'cilium')!
  return stages.flatMap(({ releases }) => releases)[0]!.values
}

describe('the release', () => {
  test('sets what the seed sets, and nothing that needs a CRD or a Secret from Flux', () => {
    const values = helmValues(testPlatform())
    expect(values).toMatchObject({
      kubeProxyReplacement: 'true',
      k8sServiceHost: '10.0.1.11',
      k8sServicePort: 6443,
      hubble: { enabled: true, relay: { enabled: true } },
      encryption: { enabled: true, type: 'wireguard' },
      gatewayAPI: { enabled: true },
      envoy: { enabled: true },
    })
    expect(JSON.stringify(values)).not.toMatch(/serviceMonitor|certmanager/)
  })

  test('joins each region with the other by the addresses of its servers', () => {
    expect(helmValues(testPlatform(), 0)).toHaveProperty('clustermesh.config.clusters', [
      { name: 'hz-nbg-rtz-prod', port: 32379, ips: ['10.0.2.11', '10.0.2.12', '10.0.2.13'] },
    ])
    expect(helmValues(testPlatform(), 1)).toHaveProperty('clustermesh.config.clusters.0.name', 'hz-fsn-rtz-prod')
    expect(helmValues(oneRegion(testPlatform()))).not.toHaveProperty('clustermesh')
  })

  test('has the same id in a platform of one region, so that a second one may come later', () => {
    expect(helmValues(oneRegion(testPlatform()))).toHaveProperty('cluster', { name: 'hz-fsn-rtz-prod', id: 1 })
  })
})

test('announced addresses are asked for where nobody gave any', () => {
  const findings = findingsOn('cilium', platformWith('cilium-l2'))
  expect(findings).toMatchObject([{ at: 'spec.components.cilium.values.loadBalancer.addresses' }])
})

describe('the Gateways', () => {
  const objects = objectsOf(planOf(testPlatform()), { region: 'region-a', unit: 'cilium' })
  const gateway = (of: string) => objects.find(({ kind, name }) => kind === 'Gateway' && name === of)

  test('stand in two namespaces, so that DNS publishes the public one only', () => {
    expect(gateway('public')?.namespace).toBe('gateway')
    expect(gateway('internal')?.namespace).toBe('kube-system')
  })

  test('take routes from namespaces that have a host, and from no others', () => {
    const namespaces = objects
      .filter(({ name }) => name === 'internal')
      .flatMap(
        ({ body }) =>
          JSON.stringify(body)
            .match(/"values":(\[[^\]]*\])/)
            ?.slice(1) ?? [],
      )
    expect(JSON.parse(namespaces[0]!)).toEqual(expect.arrayContaining(['flux-system', 'grafana', 'harbor']))
    expect(JSON.parse(namespaces[0]!)).not.toContain('cert-manager')
  })
})
