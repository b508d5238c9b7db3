import { deployment, type Release, release } from '@openova/core'
import type { GrafanaValues } from './values.ts'

/** Metrics about objects of Kubernetes: only of kinds that somebody watches, so that it may read no others. */
export function kubeStateMetrics({ kubeStateMetrics: { memory } }: GrafanaValues): Release {
  return release('kube-state-metrics', {
    chart: { name: 'kube-state-metrics', repository: 'https://prometheus-community.github.io/helm-charts', version: '8.4.0' },
    workloads: [
      deployment('kube-state-metrics', {
        at: { replicas: 'replicas', resources: 'resources' },
        replicas: 1,
        cpu: '10m',
        memory,
        memoryLimit: '256Mi',
      }),
    ],
    values: {
      collectors: [
        'cronjobs',
        'daemonsets',
        'deployments',
        'horizontalpodautoscalers',
        'jobs',
        'nodes',
        'persistentvolumeclaims',
        'pods',
        'statefulsets',
      ],
    },
  })
}
