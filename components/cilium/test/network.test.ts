import type { Chosen, Network } from '@openova/core'
import { objectsOf, planOf, testPlatform } from '@openova/testing'
import { describe, expect, test } from 'vitest'
import { openings } from '../src/network.ts'

const component = (name: Chosen['name'], network: Network = {}, namespace: string = name): Chosen => ({
  name,
  namespace,
  network,
  tier: 'mandatory',
  category: '',
  needs: [],
})
const spec = (to: Chosen, others: Chosen[] = []) =>
  openings(to, { chosen: [to, ...others], peer: planOf(testPlatform()).regions[1]!.region })?.body['spec'] as {
    ingress: Rule[]
    egress: Rule[]
  }
type Rule = Record<string, unknown>

const inside = (namespace: string) => ({ matchLabels: { 'k8s:io.kubernetes.pod.namespace': namespace } })
const ports = (...list: string[]) => [{ ports: list.map((port) => ({ port, protocol: 'TCP' })) }]

describe('openings', () => {
  test('are never made where a mistake could not be repaired by Git', () => {
    expect(openings(component('opentofu', {}, 'kube-system'), { chosen: [] })).toBeUndefined()
    expect(openings(component('flux', {}, 'flux-system'), { chosen: [] })).toBeUndefined()
  })

  test('of a component that asks for nothing are its own namespace and DNS', () => {
    const { ingress, egress } = spec(component('reloader'))
    expect(ingress).toEqual([{ fromEndpoints: [{}] }])
    expect(egress).toMatchObject([{ toPorts: [{ rules: { dns: [{ matchPattern: '*' }] } }] }, { toEndpoints: [{}] }])
    expect(egress).toHaveLength(2)
  })

  test('of a call are made on both sides, whichever of the two says so', () => {
    const caller = component('keda', { calls: [{ to: 'openbao', ports: [8200] }] })
    const callee = component('openbao')
    expect(spec(caller, [callee]).egress).toContainEqual({ toEndpoints: [inside('openbao')], toPorts: ports('8200') })
    expect(spec(callee, [caller]).ingress).toContainEqual({ fromEndpoints: [inside('keda')], toPorts: ports('8200') })

    const opener = component('openbao', { ingress: [{ from: 'keda', ports: [8200] }] })
    expect(spec(component('keda'), [opener]).egress).toContainEqual({ toEndpoints: [inside('openbao')], toPorts: ports('8200') })
    expect(spec(opener, [component('keda')]).ingress).toContainEqual({ fromEndpoints: [inside('keda')], toPorts: ports('8200') })
  })

  test('to all are one rule here and one egress rule at each of the others', () => {
    const open = component('opentelemetry', { ingress: [{ from: 'all', ports: [4317] }] })
    expect(spec(open, [component('keda')]).ingress).toEqual([
      { fromEndpoints: [{}] },
      { fromEndpoints: [{ matchExpressions: [{ key: 'k8s:io.kubernetes.pod.namespace', operator: 'Exists' }] }], toPorts: ports('4317') },
    ])
    expect(spec(component('keda'), [open]).egress).toContainEqual({ toEndpoints: [inside('opentelemetry')], toPorts: ports('4317') })
  })

  test('between the regions are made on both sides, and name the other cluster', () => {
    const there = (namespace: string) => ({
      matchLabels: { 'k8s:io.kubernetes.pod.namespace': namespace, 'k8s:io.cilium.k8s.policy.cluster': 'hz-nbg-rtz-prod' },
    })
    const caller = component('external-secrets', { callsPeer: [{ to: 'openbao', ports: [8200] }] })
    const callee = component('openbao')
    expect(spec(caller, [callee]).egress).toContainEqual({ toEndpoints: [there('openbao')], toPorts: ports('8200') })
    expect(spec(callee, [caller]).ingress).toContainEqual({ fromEndpoints: [there('external-secrets')], toPorts: ports('8200') })
    expect(spec(callee, [caller]).egress).toHaveLength(2)

    const reads: Chosen['needs'][number] = {
      kind: 'bucket',
      ask: { name: 'state' },
      consumer: 'temporal',
      key: 'state',
      namespace: 'temporal',
      before: 'install',
      secret: 'bucket-state',
      credential: 'bucket-temporal-state',
      grant: { endpoint: 'https://minio.minio.svc:9000', bucket: 'state', secret: 'bucket-state' },
      owner: 'minio',
      opens: { atPeer: [9000], betweenRegions: [5432] },
    }
    const consumer: Chosen = { ...component('temporal'), needs: [reads] }
    expect(spec(consumer, [component('minio')]).egress).toContainEqual({ toEndpoints: [there('minio')], toPorts: ports('9000') })
    expect(spec(component('minio'), [consumer]).ingress).toContainEqual({ fromEndpoints: [there('temporal')], toPorts: ports('9000') })
    expect(spec(consumer).ingress).toContainEqual({ fromEndpoints: [there('temporal')], toPorts: ports('5432') })
  })

  test('for processes of the nodes name no pod', () => {
    expect(spec(component('harbor', { nodes: [8080] })).ingress).toContainEqual({
      fromEntities: ['host', 'remote-node'],
      toPorts: ports('8080'),
    })
  })

  test('for metrics are for Grafana only', () => {
    const measured = component('keda', { metrics: [8080] })
    expect(spec(measured, [component('grafana')]).ingress).toContainEqual({ fromEndpoints: [inside('grafana')], toPorts: ports('8080') })
    expect(spec(component('grafana'), [measured]).egress).toContainEqual({ toEndpoints: [inside('keda')], toPorts: ports('8080') })
    expect(spec(measured, [component('harbor')]).ingress).toHaveLength(1)
  })

  test('between the regions name the cluster of the peer', () => {
    const { ingress, egress } = spec(component('openbao', { peer: [8200] }))
    const across = { matchLabels: { 'k8s:io.kubernetes.pod.namespace': 'openbao', 'k8s:io.cilium.k8s.policy.cluster': 'hz-nbg-rtz-prod' } }
    expect(ingress).toContainEqual({ fromEndpoints: [across], toPorts: ports('8200') })
    expect(egress).toContainEqual({ toEndpoints: [across], toPorts: ports('8200') })
  })

  test('to the internet are names by port', () => {
    expect(spec(component('harbor', { egress: ['ghcr.io:443', '*.docker.io:443', 'mail.example.org:587'] })).egress.slice(2)).toEqual([
      { toFQDNs: [{ matchPattern: '*.docker.io' }, { matchName: 'ghcr.io' }], toPorts: ports('443') },
      { toFQDNs: [{ matchName: 'mail.example.org' }], toPorts: ports('587') },
    ])
  })

  test('for the API server and to the world are by identity', () => {
    const { ingress, egress } = spec(component('k8gb', { apiServer: true, webhooks: [9443], world: [{ port: 53, protocol: 'UDP' }] }))
    expect(egress).toContainEqual({ toEntities: ['kube-apiserver'] })
    expect(ingress).toContainEqual({ fromEntities: ['kube-apiserver', 'remote-node', 'host'], toPorts: ports('9443') })
    expect(ingress).toContainEqual({
      fromEntities: ['world', 'remote-node', 'host'],
      toPorts: [{ ports: [{ port: '53', protocol: 'UDP' }] }],
    })
  })
})

test('a consumer of MinIO reaches it, MinIO lets it in, and both stand before its pods', () => {
  const plan = planOf(testPlatform())
  const policy = (unit: 'grafana' | 'minio') =>
    objectsOf(plan, { region: 'region-a', unit }).find(({ kind, name }) => kind === 'CiliumNetworkPolicy' && name === unit)
  expect(policy('grafana')?.stage).toBe('needs')
  expect(JSON.stringify(policy('grafana')?.body)).toContain(
    '"toEndpoints":[{"matchLabels":{"k8s:io.kubernetes.pod.namespace":"minio"}}],"toPorts":[{"ports":[{"port":"9000"',
  )
  expect(JSON.stringify(policy('minio')?.body)).toMatch(
    /"fromEndpoints":\[[^\]]*"k8s:io.kubernetes.pod.namespace":"grafana"[^\]]*\],"toPorts":\[\{"ports":\[\{"port":"9000"/,
  )
})
