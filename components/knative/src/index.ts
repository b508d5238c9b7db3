import { defineComponent, deployment, hostNames, release } from '@openova/core'
import { internalGateway, ownPolicies } from './gateway.ts'
import { operatorNamespace, operatorObjects } from './operator.ts'
import { serving } from './serving.ts'
import { values } from './values.ts'

export type { KnativeValues } from './values.ts'
export { default as schema } from '../values.schema.json' with { type: 'json' }

/** Services that scale with the calls they get, down to none; reachable inside the cluster, through a Gateway of their own. */
export default defineComponent({
  name: 'knative',
  tier: 'a-la-carte',
  category: 'ai-ml',
  namespace: 'knative-serving',
  values,

  provides: { 'operator.knative.dev': 'install', 'serving.knative.dev': 'setup' },
  // It uses the class of the internal Gateway.
  after: { setup: ['cilium/config'] },
  network: { apiServer: true, webhooks: [8443], metrics: [9090] },
  metrics: [
    {
      name: 'Parts that are missing',
      expr: 'sum by (deployment) (kube_deployment_status_replicas_unavailable{namespace="knative-serving"})',
      unit: 'pods',
      above: 0,
      for: '5m',
      action:
        'Without activator and autoscaler, services at zero do not wake; without webhook no service changes. Read the events of that pod.',
    },
    {
      name: 'Operators that are missing',
      expr: 'sum by (deployment) (kube_deployment_status_replicas_unavailable{namespace="knative-operator"})',
      unit: 'pods',
      above: 0,
      for: '15m',
      action: 'Knative Serving goes on as it is, and takes no change: look at the pods in namespace knative-operator.',
    },
  ],
  privileges: [
    {
      role: 'knative-serving-operator',
      reason: 'It installs the CRDs and cluster roles of Knative Serving, and holds the rights that it hands on to it.',
    },
  ],

  before: () => [...operatorObjects(), ...ownPolicies()],
  releases: () => [
    release('knative-operator', {
      namespace: operatorNamespace,
      chart: { name: 'knative-operator', repository: 'https://knative.github.io/operator', version: 'v1.23.0' },
      workloads: [
        deployment('knative-operator', {
          at: { resources: 'knative_operator.knative_operator.resources' },
          replicas: 1,
          cpu: '30m',
          memory: '64Mi',
          memoryLimit: '512Mi',
        }),
        deployment('operator-webhook', {
          at: { resources: 'knative_operator.operator_webhook.resources' },
          replicas: 1,
          cpu: '30m',
          memory: '64Mi',
          memoryLimit: '256Mi',
        }),
      ],
      values: { knative_operator: { kubernetes_min_version: 'v1.34.0' } },
      // With its CRDs every service would go.
      keep: true,
    }),
  ],
  setup: ({ values, region, platform }) => [
    internalGateway(),
    serving(values, { registry: hostNames('harbor', region.code, platform.domain).name }),
  ],
})
