import { describe, expect, test } from 'vitest'
import type { Claim, Source, UnitName, UnitPlan, Workload } from '@openova/core'
import { render } from '../src/index.ts'
import { plan, release, resource, stage, unit } from './fixture.ts'

describe('README of a region', () => {
  test('sums requests: a DaemonSet once a node, a Job not at all', () => {
    const workloads: Workload[] = [
      { kind: 'Deployment', name: 'core', replicas: 2, cpu: '250m', memory: '512Mi' },
      { kind: 'DaemonSet', name: 'agent', cpu: '100m', memory: '100Mi' },
      { kind: 'Job', name: 'init', replicas: 1, cpu: '4', memory: '8Gi' },
    ]
    const text = readme([unit('harbor', [stage('harbor/install', { releases: [release('harbor', {}, { workloads })] })])])
    expect(text).toContain('| harbor | harbor 1.2.3 | harbor | 0.8 CPU, 1324Mi, 5 pods | mandatory |')
    expect(text).toContain('Requests: 0.8 CPU of 24 (3 %), 1324Mi of 48 GB (3 %), 5 pods.')
  })

  test('says why a host passes no WAF', () => {
    const text = readme([
      unit('harbor', [stage('harbor/needs')], { needs: [host('harbor', { off: 'uploads of images' })] }),
      unit('grafana', [stage('grafana/needs')], { needs: [host('grafana')] }),
    ])
    expect(text).toContain('| https://harbor.example.com | https://harbor.hfrp.example.com | harbor | public | off: uploads of images |')
    expect(text).toContain('| https://grafana.example.com | https://grafana.hfrp.example.com | grafana | public | on |')
  })

  test('lists what is brought on day 0', () => {
    const units = [
      unit('openbao', [stage('openbao/needs')], { needs: [secret('openbao', 'openbao-seal', { key: { day0: '32 random bytes' } })] }),
    ]
    expect(readme(units)).toContain('| openbao/openbao-seal | `key`: 32 random bytes |')
  })

  test('lists what a person supplies, with the command and the stage that waits for it', () => {
    const store = unit('external-secrets', [stage('external-secrets/setup')])
    const definition = { ...store.definition, serves: { secret: { ready: 'config', grant: () => ({}) } } } as const
    const needs = [secret('cert-manager', 'dns', { token: { supply: 'token of the DNS zone' }, other: { generate: 8 } }, 'config')]
    const text = readme([{ ...store, definition }, unit('cert-manager', [stage('cert-manager/config')], { needs })])
    expect(text).toContain('bao kv put secret/supplied/cert-manager/dns token=...\n')
    expect(text).toContain('| supplied/cert-manager/dns | `token`: token of the DNS zone | cert-manager/config |')
  })

  test('says which stages wait until the peer has pushed a shared secret', () => {
    const units = [
      unit('harbor', [stage('harbor/config')], { needs: [secret('harbor', 'robot', { key: { generate: 8 } }, 'config', 'shared')] }),
    ]
    expect(readme(units, undefined, 'region-b')).toContain('| harbor/config | harbor/robot | region-a |')
    expect(readme(units)).not.toContain('What waits for the peer')
  })

  test('orders stages by what they wait for, and names the critical path', () => {
    const one = resource('v1', 'ConfigMap', 'x')
    const units = [
      unit('harbor', [stage('harbor/install', { resources: [one], dependsOn: ['minio/install'] })]),
      unit('minio', [stage('minio/install', { resources: [one], dependsOn: ['cert-manager/setup'] })]),
      unit('cert-manager', [
        stage('cert-manager/install', { resources: [one] }),
        stage('cert-manager/setup', { resources: [one], dependsOn: ['cert-manager/install'] }),
      ]),
      unit('grafana', [stage('grafana/install', { resources: [one], dependsOn: ['cert-manager/install'] })]),
    ]
    const text = readme(units)
    expect(text).toContain(
      '| 1 | cert-manager/install |\n| 2 | cert-manager/setup, grafana/install |\n| 3 | minio/install |\n| 4 | harbor/install |',
    )
    expect(text).toContain('The critical path has 4 stages: cert-manager/install -> cert-manager/setup -> minio/install -> harbor/install.')
  })

  test('gives the reason of each exception from restricted pod security', () => {
    const namespace = { name: 'falco', podSecurity: 'privileged', reason: 'loads an eBPF program | on each node' } as const
    expect(readme([unit('falco', [stage('falco/install')], { namespace })])).toContain(
      '| falco | privileged | loads an eBPF program \\| on each node |',
    )
  })
})

const readme = (units: UnitPlan[], regions?: string[], name = 'region-a') =>
  render(plan(() => units, regions)).get(`${name}/README.md`) ?? ''

const asked = { key: 'x', namespace: 'x', secret: 'x', credential: 'x', opens: {} }

function host(consumer: UnitName, waf?: { off: string }): UnitPlan['needs'][number] {
  const grant = {
    name: `${consumer}.example.com`,
    url: `https://${consumer}.example.com`,
    regionName: '',
    regionUrl: `https://${consumer}.hfrp.example.com`,
    secret: '',
  }
  return {
    ...asked,
    kind: 'host',
    consumer,
    before: 'install',
    ask: { name: consumer, service: consumer, port: 80, waf },
    grant,
    owner: 'cilium',
  }
}

function secret(
  consumer: UnitName,
  name: string,
  keys: Record<string, Source>,
  before: Claim['before'] = 'install',
  scope: 'region' | 'shared' = 'region',
): UnitPlan['needs'][number] {
  return {
    ...asked,
    kind: 'secret',
    consumer,
    namespace: consumer,
    before,
    ask: { name, keys, scope },
    grant: { secret: name },
    owner: 'external-secrets',
  }
}
