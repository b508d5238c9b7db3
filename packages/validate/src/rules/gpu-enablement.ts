import { gpuPools, gpuWorkloads, type GpuWorkload, type RegionPlan, workloadsOf } from '@openova/core'
import { nameOf } from '../gpus.ts'
import { defineRule, type Draft, type PlanRule } from '../rule.ts'
import { sourceOf } from '../sources.ts'

export default defineRule<PlanRule>({
  name: 'gpu-enablement',
  severity: 'error',
  description:
    'Where pods ask for GPUs, a device plugin hands them out: whoever has such a pod needs `gpu`, and its owner runs the plugin in that region.',
  on: 'plan',

  check(plan) {
    const found = plan.regions.flatMap((region) => gpuWorkloads(region).flatMap((workload) => judge(workload, region)))
    return [...new Map(found.map((draft) => [draft.message, draft])).values()]
  },

  examples: {
    pass: `spec: { regions: [{ pools: [{ name: gpu, count: 1, gpu: { model: A10, count: 2 }, labels: {}, taints: [] }] }] }
units:
  kserve: { releases: [{ name: plugin, workloads: [{ kind: DaemonSet, name: nvidia-device-plugin, cpu: 10m, memory: 48Mi }] }] }
  vllm:
    needs: [{ kind: gpu, name: main }]
    resources:
      install:
        - { apiVersion: apps/v1, kind: Deployment, name: vllm, workloads: [{ kind: Deployment, name: vllm, replicas: 1, cpu: "4", memory: 32Gi, gpu: 2 }] }`,
    fail: `spec: { regions: [{ pools: [{ name: gpu, count: 1, gpu: { model: A10, count: 2 }, labels: {}, taints: [] }] }] }
units:
  vllm:
    resources:
      install:
        - { apiVersion: apps/v1, kind: Deployment, name: vllm, workloads: [{ kind: Deployment, name: vllm, replicas: 1, cpu: "4", memory: 32Gi, gpu: 2 }] }`,
  },
})

const plugin = 'nvidia-device-plugin'

function judge(workload: GpuWorkload, plan: RegionPlan): Draft[] {
  const asks = plan.units.find(({ name }) => name === workload.unit)?.needs.some(({ kind }) => kind === 'gpu')
  if (!asks) {
    return [
      {
        file: sourceOf(workload.unit),
        at: '',
        message: `Unexpected GPUs of ${nameOf(workload)}, expected a need \`gpu(...)\` of ${workload.unit}: without it nobody has to hand them out`,
        fix: 'ask for them in `needs`, and take node selector, tolerations and runtime class from the grant',
      },
    ]
  }
  const handedOut = plan.units.some((unit) => workloadsOf(unit).some(({ kind, name }) => kind === 'DaemonSet' && name === plugin))
  // That there is no GPU at all is said by `gpu-supply`.
  if (handedOut || gpuPools(plan.region).length === 0) return []
  return [
    {
      at: 'spec.components',
      message: `Unexpected GPUs of ${nameOf(workload)} in ${plan.region.name}, expected ${plugin} there: nodes do not offer their GPUs without it`,
      fix: 'choose `kserve`, which brings it',
    },
  ]
}
