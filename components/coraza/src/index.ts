import { defineComponent, resource } from '@openova/core'
import { behindFirewall, namespacesOf, openings, routesFrom } from './hosts.ts'
import { nginxConfig } from './nginx.ts'
import { rules } from './rules.ts'
import { values } from './values.ts'
import { firewall } from './workload.ts'

export type { CorazaValues } from './values.ts'
export { default as schema } from '../values.schema.json' with { type: 'json' }

/** The firewall as the public Gateway's Envoy names it. */
const behind = 'envoy_cluster_name=~".*/cilium-gateway-public/.*coraza-waf.*"'

/** Web application firewall between the public and the internal Gateway: Coraza with the OWASP Core Rule Set. */
export default defineComponent({
  name: 'coraza',
  tier: 'mandatory',
  category: 'networking',
  budget: 'security',
  namespace: 'coraza',
  values,

  metrics: [
    {
      name: 'Requests through the firewall that failed',
      expr: `100 * sum(rate(envoy_cluster_upstream_rq_xx{${behind},envoy_response_code_class="5"}[5m])) / sum(rate(envoy_cluster_upstream_rq_xx{${behind}}[5m]))`,
      unit: '%',
      above: 5,
      for: '5m',
      action:
        'Read the log of coraza-waf: `{namespace="coraza"} | json | status >= 500`. The app behind it, or the internal Gateway, does not answer.',
    },
    {
      name: 'Refused requests',
      expr: `sum(rate(envoy_cluster_upstream_rq{${behind},envoy_response_code="403"}[5m]))`,
      unit: 'req/s',
      above: 5,
      for: '10m',
      action:
        'Read the audit log: `{namespace="coraza"} | json | transaction_is_interrupted="true"`. Many addresses: an attack. One app: rules that do not fit it, for `exclusions`.',
    },
  ],

  check: ({ values: { replicas } }) => [
    replicas.max < replicas.min && {
      at: 'replicas.max',
      message: `Unexpected maximum ${replicas.max}, expected at least the minimum ${replicas.min}`,
      fix: `set replicas.max to ${replicas.min} or more`,
    },
  ],

  before: ({ values, platform, region, peer, claims }) => [
    resource('v1/ConfigMap', 'coraza-waf', {
      data: {
        'nginx.conf': nginxConfig({ bodyLimit: values.bodyLimit, regions: peer ? [region, peer] : [region] }),
        'rules.conf': rules(values, platform.domain),
      },
    }),
    openings(namespacesOf(behindFirewall(claims('host')))),
  ],
  install: ({ values, claims, has }) => [
    ...firewall(values, { scaled: has('keda') }),
    routesFrom(namespacesOf(behindFirewall(claims('host')))),
  ],
  config: ({ values: { replicas }, has }) => [
    has('keda') &&
      resource('keda.sh/v1alpha1/ScaledObject', 'coraza-waf', {
        spec: {
          scaleTargetRef: { name: 'coraza-waf' },
          minReplicaCount: replicas.min,
          maxReplicaCount: replicas.max,
          // Half of the one core that a worker can use.
          triggers: [{ type: 'cpu', metricType: 'AverageValue', metadata: { value: '500m' } }],
        },
      }),
  ],
})
