import type { Metric } from '@openova/core'

export const bgeMetrics: readonly Metric[] = [
  {
    name: 'Time of an answer (p95)',
    expr: 'histogram_quantile(0.95, sum by (le, pod) (rate(te_request_duration_bucket{namespace="bge"}[5m])))',
    unit: 's',
    above: 0.5,
    for: '5m',
    action: 'Look at the queue and at the use of the GPU; without one, give the pods more `cpu` or the region a GPU pool.',
  },
  {
    name: 'Waiting texts',
    expr: 'max by (pod) (te_queue_size{namespace="bge"})',
    unit: 'texts',
    above: 256,
    for: '5m',
    action: 'Half of what may wait at once: a bulk import should ask in smaller portions, or raise `replicas`.',
  },
  {
    name: 'Failed requests',
    expr: 'sum by (pod, err) (rate(te_request_failure{namespace="bge"}[5m]))',
    unit: 'requests/s',
    above: 0.1,
    for: '5m',
    action: '`overloaded`: the queue is full; `validation`: a caller sends what the model does not take; else read the log of that pod.',
  },
]
