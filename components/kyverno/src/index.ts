import { defineComponent, deployment, job, release } from '@openova/core'
import { disruptionBudgets, tenantNetworks } from './generated.ts'
import { kyvernoValues } from './helm-values.ts'
import { podPolicies } from './pods.ts'
import { requiredLabels } from './required-labels.ts'
import { values } from './values.ts'

export type { KyvernoValues } from './values.ts'
export { default as schema } from '../values.schema.json' with { type: 'json' }

/** The platform's policies: enforced in tenant namespaces, reported in its own; tenants get a closed network and disruption budgets. */
export default defineComponent({
  name: 'kyverno',
  tier: 'mandatory',
  category: 'policy',
  budget: 'core',
  namespace: 'kyverno',
  values,

  provides: {
    'kyverno.io': 'install',
    'policies.kyverno.io': 'install',
    'reports.kyverno.io': 'install',
    'wgpolicyk8s.io': 'install',
  },
  network: { apiServer: true, webhooks: [9443], metrics: [8000] },
  metrics: [
    {
      name: 'Violations',
      expr: 'sum by (policy_name) (increase(kyverno_policy_results_total{rule_result="fail"}[1h]))',
      unit: 'violations',
      for: '1h',
      action: 'Run `kubectl get policyreports -A`: the report of an object says which rule it breaks and what the rule wants.',
    },
    {
      name: 'Policies that cannot be evaluated',
      expr: 'sum by (policy_name) (increase(kyverno_policy_results_total{rule_result="error"}[15m]))',
      unit: 'errors',
      above: 0,
      for: '15m',
      action: 'Read the log of kyverno-admission-controller: an expression that fails on an object that nobody thought of.',
    },
    {
      name: 'Admission review p95',
      expr: 'histogram_quantile(0.95, sum by (le) (rate(kyverno_admission_review_duration_seconds_bucket[5m])))',
      unit: 's',
      above: 1,
      for: '10m',
      action: 'Raise `replicas`, or the memory of kyverno-admission-controller; the API server waits 10 s for an answer.',
    },
    {
      name: 'Failed webhook calls',
      expr: 'sum by (name) (increase(apiserver_admission_webhook_request_total{name=~".*kyverno.svc.*",code=~"5.."}[10m]))',
      unit: 'calls',
      above: 0,
      for: '10m',
      action: 'Look at the pods in namespace kyverno: while none answers, nothing new starts in tenant namespaces; the platform goes on.',
    },
  ],
  privileges: [
    { role: 'kyverno:admission-controller', reason: 'It reads what it judges, and writes the webhook configurations that call it.' },
    { role: 'kyverno:background-controller', reason: 'It writes network policies and disruption budgets into tenant namespaces.' },
    { role: 'kyverno:reports-controller', reason: 'It reads the objects of all namespaces, and writes their policy reports.' },
    { role: 'kyverno:cleanup-controller', reason: 'It deletes what carries an expiry label, of the kinds that it is allowed to.' },
  ],

  releases: ({ values }) => [
    release('kyverno', {
      chart: { name: 'kyverno', repository: 'https://kyverno.github.io/kyverno/', version: '3.9.0' },
      workloads: [
        deployment('kyverno-admission-controller', {
          at: { replicas: 'admissionController.replicas', resources: 'admissionController.container.resources' },
          replicas: values.replicas,
          cpu: '100m',
          memory: '128Mi',
          memoryLimit: '512Mi',
          spread: 'preferred',
        }),
        deployment('kyverno-background-controller', {
          at: 'backgroundController',
          replicas: 1,
          cpu: '50m',
          memory: '64Mi',
          memoryLimit: '256Mi',
        }),
        deployment('kyverno-cleanup-controller', {
          at: 'cleanupController',
          replicas: 1,
          cpu: '10m',
          memory: '40Mi',
          memoryLimit: '128Mi',
        }),
        deployment('kyverno-reports-controller', {
          at: 'reportsController',
          replicas: 1,
          cpu: '50m',
          memory: values.reportsMemory,
          memoryLimit: '512Mi',
        }),
        job('kyverno-migrate-resources', {
          once: true,
          at: { resources: 'crds.migration.podResources' },
          replicas: 1,
          cpu: '10m',
          memory: '64Mi',
          memoryLimit: '256Mi',
        }),
      ],
      values: kyvernoValues(values),
    }),
  ],
  config: ({ values }) => [...podPolicies(values), ...requiredLabels(values), tenantNetworks(), disruptionBudgets()],
})
