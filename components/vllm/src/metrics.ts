import type { Metric } from '@openova/core'

export const vllmMetrics: readonly Metric[] = [
  {
    name: 'Waiting requests',
    expr: 'max by (model_name) (vllm:num_requests_waiting)',
    unit: 'requests',
    above: 10,
    for: '5m',
    action: 'Callers ask faster than the GPUs answer: lower their limits in the LLM gateway, or raise `replicas` where GPUs are left.',
  },
  {
    name: 'Time of an answer (p95)',
    expr: 'histogram_quantile(0.95, sum by (le, model_name) (rate(vllm:e2e_request_latency_seconds_bucket[5m])))',
    unit: 's',
    above: 10,
    for: '5m',
    action: 'Look at waiting requests and at the use of the GPUs; a few very long answers show here too.',
  },
  {
    name: 'Tokens under load',
    expr: 'sum by (model_name) (rate(vllm:generation_tokens_total[5m])) and sum by (model_name) (vllm:num_requests_running) > 0',
    unit: 'tokens/s',
    below: 20,
    for: '5m',
    action: 'Look at the temperature and the errors of the GPUs on the dashboard of kserve; a card that is too hot slows down.',
  },
  {
    name: 'Fill of the cache',
    expr: 'max by (model_name) (vllm:kv_cache_usage_perc)',
    unit: 'of 1',
    above: 0.95,
    for: '10m',
    action: 'Requests are put off until others end: lower `maxModelLen`, or raise `gpuMemoryUtilization` where GPUs have memory left.',
  },
]
