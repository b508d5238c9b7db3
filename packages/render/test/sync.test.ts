import { describe, expect, test } from 'vitest'
import { parse, parseAllDocuments } from 'yaml'
import type { Stage, StagePlan, UnitPlan } from '@openova/core'
import { render } from '../src/index.ts'
import { plan, release, resource, stage, unit } from './fixture.ts'

describe('Flux Kustomization', () => {
  test("applies the region's folder of its stage", () => {
    expect(
      synced(stage('harbor/install', { releases: [release('harbor', {})], dependsOn: ['harbor/needs', 'cert-manager/setup'] })),
    ).toMatchObject({
      metadata: { name: 'harbor-install', namespace: 'flux-system' },
      spec: {
        path: './clusters/region-a/harbor/install',
        sourceRef: { kind: 'GitRepository', name: 'flux-system' },
        interval: '1h',
        retryInterval: '1m',
        timeout: '20m',
        wait: true,
        prune: true,
        dependsOn: [{ name: 'cert-manager-setup' }, { name: 'harbor-needs' }],
      },
    })
  })

  test('a `peer` stage is not waited for, and gives up soon', () => {
    const { spec } = synced(stage('harbor/peer', { resources: [resource('external-secrets.io/v1', 'ExternalSecret', 'x')] }))
    expect(spec).toMatchObject({ wait: false, timeout: '2m' })
    expect(spec).not.toHaveProperty('healthCheckExprs')
  })

  test('a `crds` stage is never pruned', () => {
    expect(synced(stage('harbor/crds', { resources: [resource('v1', 'ConfigMap', 'x')] })).spec.prune).toBe(false)
  })

  test.each<[Stage, string | undefined]>([
    ['needs', undefined],
    ['setup', 'WaitForTermination'],
    ['config', 'WaitForTermination'],
    ['peer', undefined],
  ])('removal of stage %s: deletionPolicy %s', (name, policy) => {
    expect(synced(stage(`harbor/${name}`, { resources: [resource('v1', 'ConfigMap', 'x')] })).spec.deletionPolicy).toBe(policy)
  })

  test.each<[string, Partial<StagePlan>, string]>([
    ['objects only', { resources: [resource('v1', 'ConfigMap', 'x')] }, '5m'],
    ['a Job', { resources: [resource('batch/v1', 'Job', 'x')] }, '20m'],
    ['a slow release', { releases: [release('a', {}), release('b', {}, { options: { timeout: 30 } })] }, '35m'],
    ['a quick release', { releases: [release('a', {}, { options: { timeout: 2 } })] }, '7m'],
  ])('waits longer than what is in it: %s', (_, content, timeout) => {
    expect(synced(stage('harbor/install', content)).spec.timeout).toBe(timeout)
  })

  test('carries the health checks of the kinds in it, with their API version', () => {
    const resources = [
      resource('postgresql.cnpg.io/v1', 'Cluster', 'b'),
      resource('postgresql.cnpg.io/v1', 'Cluster', 'a'),
      resource('v1', 'ConfigMap', 'x'),
    ]
    expect(synced(stage('harbor/needs', { resources })).spec.healthCheckExprs).toEqual([
      {
        apiVersion: 'postgresql.cnpg.io/v1',
        kind: 'Cluster',
        current: "has(status.conditions) && status.conditions.exists(e, e.type == 'Ready' && e.status == 'True')",
      },
    ])
  })

  test('a region applies the namespaces and every unit', () => {
    const tree = render(
      plan(() => [
        unit('harbor', [stage('harbor/needs')]),
        unit('cilium', [stage('cilium/setup')], { namespace: { name: 'kube-system', podSecurity: 'privileged', reason: 'CNI' } }),
      ]),
    )
    expect(parse(tree.get('region-b/kustomization.yaml') ?? '').resources).toEqual([
      '../base/namespaces',
      'cilium/sync.yaml',
      'harbor/sync.yaml',
    ])
  })
})

describe('namespaces', () => {
  test('are not pruned, and enforce the level of the unit', () => {
    expect(namespaces([unit('harbor', [stage('harbor/needs')])])['namespace-harbor.yaml']).toMatchObject({
      metadata: {
        name: 'harbor',
        labels: {
          'app.kubernetes.io/managed-by': 'openova',
          'pod-security.kubernetes.io/enforce': 'restricted',
          'pod-security.kubernetes.io/enforce-version': 'latest',
          'pod-security.kubernetes.io/audit': 'restricted',
          'pod-security.kubernetes.io/warn': 'restricted',
        },
        annotations: { 'kustomize.toolkit.fluxcd.io/prune': 'disabled' },
      },
    })
  })

  test('that units share are as open as the one that needs most, with its reason', () => {
    const shared = (name: 'minio' | 'harbor', namespace: Partial<UnitPlan['namespace']>) =>
      unit(name, [stage(`${name}/needs`)], { namespace: { name: 'storage', podSecurity: 'restricted', ...namespace } })
    expect(
      namespaces([shared('harbor', {}), shared('minio', { podSecurity: 'privileged', reason: 'raw disks' })])['namespace-storage.yaml'],
    ).toMatchObject({
      metadata: {
        labels: { 'pod-security.kubernetes.io/enforce': 'privileged' },
        annotations: { 'openova.io/pod-security-reason': 'raw disks' },
      },
    })
  })

  test('that exist before Flux are not written', () => {
    expect(
      namespaces(
        (
          [
            ['cilium', 'kube-system'],
            ['flux', 'flux-system'],
            ['minio', 'default'],
          ] as const
        ).map(([unitName, name]) => unit(unitName, [], { namespace: { name, podSecurity: 'restricted' } })),
      ),
    ).toEqual({})
  })

  function namespaces(units: UnitPlan[]): Record<string, unknown> {
    const tree = render(plan(() => units))
    return Object.fromEntries(
      [...tree]
        .filter(([path]) => path.startsWith('base/namespaces/'))
        .map(([path, text]) => [path.slice('base/namespaces/'.length), parse(text)]),
    )
  }
})

function synced(one: StagePlan) {
  const tree = render(plan(() => [unit('harbor', [one])]))
  return parseAllDocuments(tree.get('region-a/harbor/sync.yaml') ?? '')[0]?.toJS()
}
