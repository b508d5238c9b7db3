import { deployment, type Platform, type Region, type Resource, resource, type Workload } from '@openova/core'
import type { FluxValues } from './values.ts'

/** The controllers, and the Git folder that they apply. Never pruned: it would take Flux away with it. */
export function fluxInstance({
  values,
  platform,
  region,
  pullSecret,
}: {
  values: FluxValues
  platform: Platform
  region: Region
  pullSecret: string
}): Resource {
  const sizes = controllers(values)
  return resource('fluxcd.controlplane.io/v1/FluxInstance', 'flux', {
    annotations: { 'kustomize.toolkit.fluxcd.io/prune': 'disabled' },
    workloads: sizes.map(({ name, ...size }) => deployment(name, { ...size, replicas: 1, memoryLimit })),
    spec: {
      distribution: { version: '2.9.4', registry: 'ghcr.io/fluxcd' },
      components: sizes.map(({ name }) => name),
      cluster: { type: 'kubernetes', size: 'medium', multitenant: false, networkPolicy: true, domain: 'cluster.local' },
      sync: {
        kind: 'GitRepository',
        url: platform.git.url,
        ref: `refs/heads/${platform.git.branch}`,
        path: `clusters/${region.name}`,
        interval: values.interval,
        pullSecret,
      },
      kustomize: {
        patches: [
          ...sizes.map(sizePatch),
          argumentPatch('kustomize-controller', [
            `--concurrent=${values.concurrency}`,
            // A chain of stages costs this much a hop.
            '--requeue-dependency=5s',
            // A fix need not wait for the timeout of what it fixes.
            '--feature-gates=CancelHealthCheckOnNewRevision=true',
          ]),
          // A digest in the chart's version would end in pod labels, and roll the pods whenever a tag is pushed again.
          argumentPatch('helm-controller', ['--feature-gates=DisableChartDigestTracking=true']),
        ],
      },
    },
  })
}

const controllers = ({ memory }: FluxValues) =>
  [
    { name: 'source-controller', cpu: '50m', memory: memory.source },
    { name: 'kustomize-controller', cpu: '100m', memory: memory.kustomize },
    { name: 'helm-controller', cpu: '100m', memory: memory.helm },
    { name: 'notification-controller', cpu: '20m', memory: memory.notification },
  ] as const
const memoryLimit = '1Gi'

/** The operator has no values for sizes, only a profile for all four. */
function sizePatch({ name, cpu, memory }: Pick<Workload, 'name' | 'cpu' | 'memory'>) {
  return patch(name, [
    { op: 'replace', path: `${container}/resources`, value: { requests: { cpu, memory }, limits: { memory: memoryLimit } } },
  ])
}

const argumentPatch = (name: string, args: readonly string[]) =>
  patch(
    name,
    args.map((value) => ({ op: 'add', path: `${container}/args/-`, value })),
  )

const patch = (name: string, operations: readonly object[]) => ({
  target: { kind: 'Deployment', name },
  patch: JSON.stringify(operations, undefined, 2),
})
const container = '/spec/template/spec/containers/0'
