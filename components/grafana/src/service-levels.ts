import type { Metric } from '@openova/core'

/** A service level: a recorded figure of every service behind a Gateway, its objective, and when it is bad. */
export interface ServiceLevel extends Metric {
  record: string
  objective: number
}

const gateway = 'envoy_cluster_name=~".*/cilium-gateway-.*"'
const rate = (series: string, labels = '') => `sum by (envoy_cluster_name) (rate(${series}{${gateway}${labels}}[5m]))`
const requests = rate('envoy_cluster_upstream_rq_xx')
/** No failed request means no series, which is not the same as no figure. */
const share = (labels: string, series: string) => `100 * (${rate(series, labels)} or 0 * ${requests}) / ${requests}`

/** Those of the models, the vector search and the GPUs are metrics of their components, with the same thresholds. */
export const serviceLevels: readonly ServiceLevel[] = [
  {
    name: 'Availability',
    record: 'service:availability:percent5m',
    expr: `100 - (${share(',envoy_response_code=~"50[234]"', 'envoy_cluster_upstream_rq')})`,
    unit: '%',
    objective: 99.9,
    below: 99.5,
    for: '5m',
    action: 'The service has no pod that answers: look at its pods, then at its network policy with `hubble observe --verdict DROPPED`.',
  },
  {
    name: 'Latency, 95th percentile',
    record: 'service:latency:p95_5m',
    expr: `histogram_quantile(0.95, sum by (envoy_cluster_name, le) (rate(envoy_cluster_upstream_rq_time_bucket{${gateway}}[5m]))) / 1000`,
    unit: 's',
    objective: 0.5,
    above: 1,
    for: '5m',
    action: 'Compare with the CPU and the memory of its pods and of its database; a trace shows where the time goes.',
  },
  {
    name: 'Errors',
    record: 'service:errors:percent5m',
    expr: share(',envoy_response_code_class="5"', 'envoy_cluster_upstream_rq_xx'),
    unit: '%',
    objective: 0.1,
    above: 1,
    for: '5m',
    action: 'Read the log of the service: it answers, with an error.',
  },
]
