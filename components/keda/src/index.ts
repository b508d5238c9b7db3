import { defineComponent, deployment, release } from '@openova/core'
import { kedaValues } from './helm-values.ts'
import { values } from './values.ts'

export type { KedaValues } from './values.ts'
export { default as schema } from '../values.schema.json' with { type: 'json' }

/** Scales Deployments and StatefulSets on events: queries to Mimir, and the lag of Kafka consumers where Strimzi is chosen. */
export default defineComponent({
  name: 'keda',
  tier: 'mandatory',
  category: 'scaling',
  namespace: 'keda',
  values,

  provides: { 'keda.sh': 'install', 'eventing.keda.sh': 'install' },
  network: {
    apiServer: true,
    // Of the admission webhook and of the external metrics API.
    webhooks: [9443, 6443],
    metrics: [8080],
    calls: [
      { to: 'grafana', ports: [8080] },
      { to: 'strimzi', ports: [9093] },
    ],
  },
  metrics: [
    {
      name: 'ScaledObjects that fail',
      expr: 'sum by (namespace, scaledObject) (increase(keda_scaled_object_errors_total[10m]))',
      unit: 'errors',
      above: 0,
      for: '15m',
      action: 'Run `kubectl describe scaledobject`: a target that is not there, or one that something else scales too.',
    },
    {
      name: 'Triggers that cannot be read',
      expr: 'sum by (namespace, scaledObject, scaler) (increase(keda_scaler_detail_errors_total[10m]))',
      unit: 'errors',
      above: 0,
      for: '15m',
      action: 'The target keeps its replicas, or gets those of `fallback`: look at Mimir or Kafka, at the query and at its credential.',
    },
    {
      name: 'ScaledObjects that are paused',
      expr: 'sum by (namespace, scaledObject) (keda_scaled_object_paused)',
      unit: 'paused',
      above: 0,
      for: '24h',
      action: 'Nothing scales it: remove the annotation `autoscaling.keda.sh/paused` once the reason is gone.',
    },
  ],
  privileges: [
    {
      role: 'keda-operator',
      reason: 'It scales Deployments and StatefulSets in all namespaces, and reads the Secrets that a trigger names there.',
    },
    {
      role: 'keda-operator-minimal-cluster-role',
      reason:
        'It signs the certificates of its webhook and of the external metrics API itself, and writes their CA where the API server reads it.',
    },
  ],

  releases: ({ values }) => [
    release('keda', {
      chart: { name: 'keda', repository: 'https://kedacore.github.io/charts', version: '2.20.2' },
      workloads: [
        deployment('keda-operator', {
          at: { replicas: 'operator.replicaCount', resources: 'resources.operator' },
          replicas: values.replicas,
          cpu: '50m',
          memory: '100Mi',
          memoryLimit: '400Mi',
          spread: 'preferred',
        }),
        deployment('keda-operator-metrics-apiserver', {
          at: { replicas: 'metricsServer.replicaCount', resources: 'resources.metricServer' },
          replicas: values.replicas,
          cpu: '50m',
          memory: '80Mi',
          memoryLimit: '320Mi',
          spread: 'preferred',
        }),
        deployment('keda-admission-webhooks', {
          at: { replicas: 'webhooks.replicaCount', resources: 'resources.webhooks' },
          replicas: values.replicas,
          cpu: '10m',
          memory: '40Mi',
          memoryLimit: '160Mi',
          spread: 'preferred',
        }),
      ],
      values: kedaValues(values),
      // The operator writes its CA into both.
      drift: {
        mode: 'enabled',
        ignore: [
          { paths: ['/webhooks'], target: { kind: 'ValidatingWebhookConfiguration', name: 'keda-admission' } },
          { paths: ['/spec/caBundle'], target: { kind: 'APIService' } },
        ],
      },
    }),
  ],
})
