import type { Metric } from '@openova/core'

export const servingMetrics: readonly Metric[] = [
  {
    name: 'Pods of models that are missing',
    expr: 'sum by (namespace, deployment) (kube_deployment_status_replicas_unavailable{deployment=~".*-predictor.*"})',
    unit: 'pods',
    above: 0,
    for: '15m',
    action:
      'Read the log of `storage-initializer` in that pod: the model is not in the bucket `models`; or no node has the GPUs it asks for.',
  },
  {
    name: 'Controllers that are missing',
    expr: 'sum by (deployment) (kube_deployment_status_replicas_unavailable{namespace="kserve"})',
    unit: 'pods',
    above: 0,
    for: '5m',
    action: 'Models go on without the controller; its webhooks refuse every change, and every new pod of a model.',
  },
]

export const gpuMetrics: readonly Metric[] = [
  {
    name: 'Errors of GPUs',
    expr: 'max by (Hostname, gpu) (DCGM_FI_DEV_XID_ERRORS)',
    unit: 'XID',
    above: 0,
    for: '1m',
    action: 'Look the number up among the XID errors of NVIDIA; 48, 63, 74, 79 and 94 mean the card or its bus: drain the node.',
  },
  {
    name: 'Use of GPUs',
    expr: 'avg by (Hostname, gpu) (avg_over_time(DCGM_FI_DEV_GPU_UTIL[15m])) / 100',
    unit: 'of 1',
    for: '15m',
    action: 'Below a third for long, the GPUs are dear for what they do: serve more models on fewer of them.',
  },
  {
    name: 'Memory of GPUs in use',
    expr: 'max by (Hostname, gpu) (DCGM_FI_DEV_FB_USED / (DCGM_FI_DEV_FB_USED + DCGM_FI_DEV_FB_FREE))',
    unit: 'of all',
    above: 0.98,
    for: '15m',
    action: 'The next larger request may fail: lower `maxModelLen` of vllm, or serve a model that is quantised further.',
  },
]
