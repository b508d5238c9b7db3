import { labelsOf, type Platform, type ReleaseOptions, type ReleasePlan, type UnitPlan } from '@openova/core'
import type { KubernetesObject } from './files.ts'
import { printYaml } from './yaml.ts'

/** Releases and their sources, as Flux wants them. Minutes that Helm waits for what it installs. */
const defaultTimeout = 15
export const timeoutOf = ({ options }: ReleasePlan): number => options.timeout ?? defaultTimeout

/** Without `valuesFrom`, which depends on where base and overlay part. */
export function helmRelease(release: ReleasePlan, unit: UnitPlan, platform: Platform): KubernetesObject {
  const { name, namespace, chart, options } = release
  const { after = [], disableWait = false, crds = 'CreateReplace', drift = { mode: 'enabled' }, keep = false, patches = [] } = options
  const action = {
    crds,
    strategy: { name: 'RetryOnFailure', retryInterval: '2m' },
    ...(disableWait && { disableWait }),
  }
  const source = sourceName(release)
  return {
    apiVersion: 'helm.toolkit.fluxcd.io/v2',
    kind: 'HelmRelease',
    metadata: {
      name,
      namespace,
      labels: unitLabels(unit, platform),
      ...(keep && { annotations: { 'kustomize.toolkit.fluxcd.io/prune': 'disabled' } }),
    },
    spec: {
      releaseName: name,
      interval: '1h',
      timeout: `${timeoutOf(release)}m`,
      maxHistory: 5,
      ...(isOci(release)
        ? { chartRef: { kind: 'OCIRepository', name: source } }
        : {
            chart: {
              spec: { chart: chart.name, version: chart.version, interval: '24h', sourceRef: { kind: 'HelmRepository', name: source } },
            },
          }),
      install: action,
      upgrade: action,
      ...(after.length > 0 && { dependsOn: after.map((other) => ({ name: other })) }),
      driftDetection: drift,
      postRenderers: [keepCrds, ...(patches.length > 0 ? [patched(patches)] : [])],
    },
  }
}

/** Named after its release and the chart's version: a new version changes the HelmRelease, so that Flux waits for the upgrade. */
export function sourceOf(release: ReleasePlan, unit: UnitPlan, platform: Platform): KubernetesObject {
  const { chart, namespace } = release
  const metadata = { name: sourceName(release), namespace, labels: unitLabels(unit, platform) }
  if (!isOci(release)) {
    return { apiVersion: 'source.toolkit.fluxcd.io/v1', kind: 'HelmRepository', metadata, spec: { interval: '24h', url: chart.repository } }
  }
  const url = chart.repository.endsWith(`/${chart.name}`) ? chart.repository : `${chart.repository}/${chart.name}`
  return {
    apiVersion: 'source.toolkit.fluxcd.io/v1',
    kind: 'OCIRepository',
    metadata,
    spec: {
      interval: '24h',
      url,
      ref: { tag: chart.version },
      // Without it, what is taken depends on the order of the publisher's layers.
      layerSelector: { mediaType: 'application/vnd.cncf.helm.chart.content.v1.tar+gzip', operation: 'copy' },
    },
  }
}

export const unitLabels = ({ name, definition: { category, tier } }: UnitPlan, platform: Platform) =>
  labelsOf({ name, component: category, tier }, platform)

const patched = (patches: NonNullable<ReleaseOptions['patches']>) => ({
  kustomize: {
    patches: patches.map(({ kind, name, operations }) => ({
      target: { kind, ...(name !== undefined && { name }) },
      patch: printYaml(operations),
    })),
  },
})

/** Templated CRDs outlive their release, and with them every custom resource. */
const keepCrds = {
  kustomize: {
    patches: [
      {
        target: { kind: 'CustomResourceDefinition' },
        patch: [
          'apiVersion: apiextensions.k8s.io/v1',
          'kind: CustomResourceDefinition',
          'metadata:',
          '  name: any',
          '  annotations:',
          '    helm.sh/resource-policy: keep',
          '',
        ].join('\n'),
      },
    ],
  },
}

const isOci = ({ chart }: ReleasePlan) => chart.repository.startsWith('oci://')

/** A `+` of build metadata cannot stand in a name. */
const sourceName = ({ name, chart }: ReleasePlan) => `${name}-${chart.version.toLowerCase().replaceAll(/[^a-z0-9.-]/g, '-')}`
