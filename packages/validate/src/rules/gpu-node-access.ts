import {
  type GpuPool,
  gpuProduct,
  type GpuWorkload,
  gpuWorkloads,
  labelsOfPool,
  type PodPlacement,
  type RegionPlan,
  type Toleration,
} from '@openova/core'
import { nameOf, poolsFor } from '../gpus.ts'
import { defineRule, type Draft, type PlanRule } from '../rule.ts'
import { sourceOf } from '../sources.ts'

export default defineRule<PlanRule>({
  name: 'gpu-node-access',
  severity: 'error',
  description:
    'A pod with GPUs says which product it wants and by which runtime, and a pool that has it lets the pod in: labels match, hard taints are tolerated.',
  on: 'plan',

  check(plan) {
    const found = plan.regions.flatMap((region, index) => gpuWorkloads(region).flatMap((workload) => judge(workload, { region, index })))
    return [...new Map(found.map((draft) => [JSON.stringify(draft), draft])).values()]
  },

  examples: {
    pass: `spec: { regions: [{ pools: [{ name: gpu, count: 1, gpu: { model: A10, count: 2 }, labels: {}, taints: ["nvidia.com/gpu=present:NoSchedule"] }] }] }
units:
  vllm:
    resources:
      install:
        - apiVersion: apps/v1
          kind: Deployment
          name: vllm
          spec: { template: { spec: { runtimeClassName: nvidia, nodeSelector: { nvidia.com/gpu.product: NVIDIA-A10 }, tolerations: [{ key: nvidia.com/gpu, operator: Exists }] } } }
          workloads: [{ kind: Deployment, name: vllm, replicas: 1, cpu: "4", memory: 32Gi, gpu: 2 }]`,
    fail: `spec: { regions: [{ pools: [{ name: gpu, count: 1, gpu: { model: A10, count: 2 }, labels: {}, taints: ["team=research:NoSchedule"] }] }] }
units:
  vllm:
    resources:
      install:
        - apiVersion: apps/v1
          kind: Deployment
          name: vllm
          spec: { template: { spec: { runtimeClassName: nvidia, nodeSelector: { nvidia.com/gpu.product: NVIDIA-A10 }, tolerations: [{ key: nvidia.com/gpu, operator: Exists }] } } }
          workloads: [{ kind: Deployment, name: vllm, replicas: 1, cpu: "4", memory: 32Gi, gpu: 2 }]`,
  },
})

function judge(workload: GpuWorkload, { region, index }: { region: RegionPlan; index: number }): Draft[] {
  const { pod, unit } = workload
  // What a chart writes into its pods is not seen here.
  if (pod === undefined) return []
  const pools = poolsFor(workload, region)
  return [...unsaid(workload, pod).map((what) => ({ file: sourceOf(unit), at: '', ...what })), ...refusals(workload, pod)]

  /** Where no pool with such GPUs takes it: why each does not. */
  function refusals({ gpu }: GpuWorkload, placement: PodPlacement): Draft[] {
    const reasons = pools.map((pool) => ({ pool, reason: refusal(pool, placement) }))
    if (reasons.length === 0 || reasons.some(({ reason }) => reason === undefined)) return []
    return reasons.map(({ pool, reason }): Draft => ({
      at: `spec.regions[${index}].pools[${region.region.pools.findIndex(({ name }) => name === pool.name)}].${reason!.at}`,
      message: `Unexpected ${reason!.what} of pool \`${pool.name}\` in ${region.region.name}, expected one that lets ${nameOf(workload)} to its ${gpu === 1 ? 'GPU' : `${gpu} GPUs`}`,
      fix: reason!.fix,
    }))
  }
}

function unsaid(workload: GpuWorkload, { nodeSelector, runtimeClassName }: PodPlacement): Pick<Draft, 'message' | 'fix'>[] {
  const from = 'take it from the grant of `gpu(...)`'
  return [
    ...(nodeSelector[gpuProduct] === undefined
      ? [
          {
            message: `Unexpected pod of ${nameOf(workload)} with GPUs of any kind, expected \`${gpuProduct}\` in its node selector`,
            fix: from,
          },
        ]
      : []),
    ...(runtimeClassName === undefined
      ? [
          {
            message: `Unexpected pod of ${nameOf(workload)} without a runtime class, expected \`nvidia\`: by the default one it sees no GPU`,
            fix: from,
          },
        ]
      : []),
  ]
}

function refusal(pool: GpuPool, { nodeSelector, tolerations }: PodPlacement): { at: string; what: string; fix: string } | undefined {
  const labels = labelsOfPool(pool)
  const wrong = Object.entries(nodeSelector).find(([key, value]) => labels[key] !== value)
  if (wrong) {
    const [key, value] = wrong
    return {
      at: 'labels',
      what: labels[key] === undefined ? `lack of label \`${key}\`` : `label \`${key}: ${labels[key]}\``,
      fix: `give the pool the label \`${key}: ${value}\``,
    }
  }
  const taint = pool.taints
    .map(parseTaint)
    .find((one) => one.effect !== 'PreferNoSchedule' && !tolerations.some((toleration) => tolerates(toleration, one)))
  if (taint === undefined) return undefined
  return {
    at: 'taints',
    what: `taint \`${taint.text}\``,
    fix: 'use `nvidia.com/gpu=present:NoSchedule`, which pods with GPUs tolerate, or take the taint out',
  }
}

interface Taint {
  text: string
  key: string
  value: string
  effect: string
}

function parseTaint(text: string): Taint {
  const [, key = '', value = '', effect = ''] = /^([^=:]+)(?:=([^:]*))?:(\w+)$/.exec(text) ?? []
  return { text, key, value, effect }
}

function tolerates({ key, operator = 'Equal', value = '', effect }: Toleration, taint: Taint): boolean {
  if (effect !== undefined && effect !== taint.effect) return false
  if (operator === 'Exists') return key === undefined || key === taint.key
  return key === taint.key && value === taint.value
}
