import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import type { ReleasePlan } from '@openova/core'
import { render } from '../src/index.ts'
import { plan, release, stage, unit } from './fixture.ts'

describe('HelmRelease', () => {
  test('retries without uninstalling, keeps CRDs, corrects drift', () => {
    const { spec } = written(release('harbor', {}))
    expect(spec).toMatchObject({
      releaseName: 'harbor',
      interval: '1h',
      timeout: '15m',
      maxHistory: 5,
      install: { crds: 'CreateReplace', strategy: { name: 'RetryOnFailure', retryInterval: '2m' } },
      upgrade: { crds: 'CreateReplace', strategy: { name: 'RetryOnFailure', retryInterval: '2m' } },
      driftDetection: { mode: 'enabled' },
    })
    expect(JSON.stringify(spec)).not.toMatch(/remediation|disableWait/)
    expect(spec.postRenderers).toMatchObject([
      {
        kustomize: {
          patches: [{ target: { kind: 'CustomResourceDefinition' }, patch: expect.stringContaining('helm.sh/resource-policy: keep') }],
        },
      },
    ])
  })

  test('takes the options of its release', () => {
    const drift = { mode: 'warn', ignore: [{ paths: ['/spec/replicas'], target: { kind: 'Deployment' } }] } as const
    const { metadata, spec } = written(
      release('openbao', {}, { options: { disableWait: true, crds: 'Skip', timeout: 20, drift, keep: true } }),
    )
    expect(metadata.annotations).toEqual({ 'kustomize.toolkit.fluxcd.io/prune': 'disabled' })
    expect(spec).toMatchObject({
      timeout: '20m',
      install: { crds: 'Skip', disableWait: true },
      upgrade: { crds: 'Skip', disableWait: true },
      driftDetection: drift,
    })
  })

  test('patches what the chart has no value for, beside the CRDs', () => {
    const operations = [{ op: 'add', path: '/spec/suspend', value: true }] as const
    const { spec } = written(release('openmeter', {}, { options: { patches: [{ kind: 'CronJob', operations }] } }))
    expect(spec.postRenderers).toHaveLength(2)
    const [patch] = spec.postRenderers[1].kustomize.patches
    expect(patch.target).toEqual({ kind: 'CronJob' })
    expect(parse(patch.patch)).toEqual(operations)
  })

  test('reads a chart of an https repository from a HelmRepository named after the version', () => {
    const { spec, source } = written(release('harbor', {}))
    expect(spec.chart).toEqual({
      spec: { chart: 'harbor', version: '1.2.3', interval: '24h', sourceRef: { kind: 'HelmRepository', name: 'harbor-1.2.3' } },
    })
    expect(source).toMatchObject({
      kind: 'HelmRepository',
      metadata: { name: 'harbor-1.2.3', namespace: 'harbor' },
      spec: { interval: '24h', url: 'https://charts.example.org' },
    })
  })

  test.each(['oci://quay.io/jetstack/charts', 'oci://quay.io/jetstack/charts/cert-manager'])(
    'reads a chart of %s from an OCIRepository with the exact tag',
    (repository) => {
      const { spec, source } = written(release('cert-manager', {}, { chart: { name: 'cert-manager', repository, version: 'v1.21.1' } }))
      expect(spec.chartRef).toEqual({ kind: 'OCIRepository', name: 'cert-manager-v1.21.1' })
      expect(spec).not.toHaveProperty('chart')
      expect(source).toMatchObject({
        kind: 'OCIRepository',
        spec: {
          url: 'oci://quay.io/jetstack/charts/cert-manager',
          ref: { tag: 'v1.21.1' },
          layerSelector: { mediaType: 'application/vnd.cncf.helm.chart.content.v1.tar+gzip', operation: 'copy' },
        },
      })
    },
  )

  test('build metadata of a version does not get into a name', () => {
    expect(
      written(release('x', {}, { chart: { name: 'x', repository: 'https://charts.example.org', version: '1.0.0+up1' } })).source,
    ).toMatchObject({ metadata: { name: 'x-1.0.0-up1' } })
  })
})

function written(one: ReleasePlan) {
  const tree = render(plan(() => [unit('harbor', [stage('harbor/install', { releases: [one] })])]))
  const read = (kind: string) => parse(tree.get(`base/harbor/install/${kind}-${one.name}.yaml`) ?? '')
  return { ...read('helmrelease'), source: read('source') }
}
