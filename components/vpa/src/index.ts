import { defineComponent, deployment, release } from '@openova/core'
import { vpaValues } from './helm-values.ts'
import { recommendations } from './recommendations.ts'
import { values } from './values.ts'

export type { VpaValues } from './values.ts'
export { default as schema } from '../values.schema.json' with { type: 'json' }

/** Recommends what every workload of the platform should ask for, from what it really uses; applies recommendations only to workloads of tenants that ask for it. */
export default defineComponent({
  name: 'vpa',
  tier: 'mandatory',
  category: 'scaling',
  namespace: 'vpa',
  values,

  provides: { 'autoscaling.k8s.io': 'install' },
  // The certificate of its webhook, which the chart asks for.
  after: { install: ['cert-manager/setup'] },
  network: { apiServer: true, webhooks: [8000], metrics: [8942, 8943, 8944] },
  metrics: [
    {
      name: 'Workloads without a recommendation',
      expr: 'sum(vpa_recommender_vpa_objects_count{has_recommendation="false",matches_pods="true"})',
      unit: 'workloads',
      above: 0,
      for: '2h',
      action: 'Run `kubectl get vpa -A`; when no workload has one, look at metrics-server, which tells the recommender what pods use.',
    },
    {
      name: 'Requests to metrics-server that failed',
      expr: 'sum(rate(vpa_recommender_metric_server_responses{is_error="true"}[10m]))',
      unit: 'requests/s',
      above: 0,
      for: '15m',
      action: 'Look at metrics-server in kube-system; recommendations stand still meanwhile.',
    },
    {
      name: 'Evicted pods',
      expr: 'sum by (vpa_namespace) (increase(vpa_updater_evicted_pods_total[1h]))',
      unit: 'pods',
      for: '1h',
      action: 'Pods of tenants only: the objects of the platform recommend, and change nothing.',
    },
    {
      name: 'Evictions that failed',
      expr: 'sum by (vpa_namespace, reason) (increase(vpa_updater_failed_eviction_attempts_total[1h]))',
      unit: 'attempts',
      above: 10,
      for: '1h',
      action: 'A disruption budget that never allows one: `kubectl get pdb` in that namespace.',
    },
  ],
  privileges: [
    {
      role: 'vpa-recommender-status-actor',
      reason: 'It writes recommendations into VerticalPodAutoscalers of all namespaces; its other roles read pods and their use.',
    },
    {
      role: 'vpa-updater-evictioner',
      reason: 'It evicts pods whose VerticalPodAutoscaler asks for that, in all namespaces; none of the platform does.',
    },
    {
      role: 'vpa-updater-in-place',
      reason: 'It resizes pods whose VerticalPodAutoscaler asks for that, in all namespaces; none of the platform does.',
    },
    { role: 'vpa-admission-controller', reason: 'It reads VerticalPodAutoscalers and the workloads that they name, in all namespaces.' },
  ],

  watches: recommendations,

  releases: ({ values }) => [
    release('vpa', {
      chart: { name: 'vertical-pod-autoscaler', repository: 'https://kubernetes.github.io/autoscaler', version: '0.11.0' },
      workloads: [
        deployment('vpa-recommender', {
          at: 'recommender',
          replicas: values.replicas,
          cpu: '25m',
          memory: values.recommenderMemory,
          spread: 'preferred',
        }),
        deployment('vpa-updater', {
          at: 'updater',
          replicas: values.replicas,
          cpu: '10m',
          memory: values.updaterMemory,
          spread: 'preferred',
        }),
        deployment('vpa-admission-controller', {
          at: 'admissionController',
          replicas: values.replicas,
          cpu: '10m',
          memory: '48Mi',
          memoryLimit: '192Mi',
          spread: 'preferred',
        }),
      ],
      values: vpaValues(values),
      // cert-manager writes its CA there.
      drift: { mode: 'enabled', ignore: [{ paths: ['/webhooks'], target: { kind: 'MutatingWebhookConfiguration' } }] },
    }),
  ],
})
