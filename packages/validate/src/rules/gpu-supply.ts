import {
  type GpuWorkload,
  gpuPools,
  gpuProduct,
  gpuWorkloads,
  labelsOfPool,
  oneOf,
  type PlatformSpec,
  type RegionPlan,
} from '@openova/core'
import { counted, gpusOf, nameOf, podsOf, poolsFor, wantedProduct } from '../gpus.ts'
import { defineRule, type Draft, type PlanRule } from '../rule.ts'

export default defineRule<PlanRule>({
  name: 'gpu-supply',
  severity: 'error',
  description: 'A region has as many GPUs of each model as its pods ask for, on servers that exist: Hetzner Cloud has none with a GPU.',
  on: 'plan',

  check: ({ spec, regions }) => regions.flatMap((plan, index) => [...cloudGpus(plan, { spec, index }), ...shortages(plan, index)]),

  examples: {
    pass: `spec: { regions: [{ pools: [{ name: gpu, source: external, count: 1, gpu: { model: A10, count: 2 }, labels: {}, taints: [] }] }] }
units:
  vllm:
    resources:
      install:
        - apiVersion: apps/v1
          kind: Deployment
          name: vllm
          spec: { template: { spec: { nodeSelector: { nvidia.com/gpu.product: NVIDIA-A10 } } } }
          workloads: [{ kind: Deployment, name: vllm, replicas: 1, cpu: "4", memory: 32Gi, gpu: 2 }]`,
    fail: `spec: { regions: [{ pools: [{ name: gpu, source: external, count: 1, gpu: { model: A10, count: 1 }, labels: {}, taints: [] }] }] }
units:
  vllm:
    resources:
      install:
        - apiVersion: apps/v1
          kind: Deployment
          name: vllm
          spec: { template: { spec: { nodeSelector: { nvidia.com/gpu.product: NVIDIA-A10 } } } }
          workloads: [{ kind: Deployment, name: vllm, replicas: 1, cpu: "4", memory: 32Gi, gpu: 2 }]`,
  },
})

function cloudGpus({ region }: RegionPlan, { spec, index }: { spec: PlatformSpec; index: number }): Draft[] {
  if (spec.spec.provider !== 'hetzner') return []
  return region.pools.flatMap(({ name, gpu, source }, pool): Draft[] => {
    if (gpu === undefined || source !== 'cloud') return []
    return [
      {
        at: `spec.regions[${index}].pools[${pool}].gpu`,
        message: `Unexpected GPU \`${gpu.model}\` in cloud pool \`${name}\`, expected it in an external one: Hetzner Cloud has no server type with a GPU`,
        fix: 'set `source: external` and join dedicated GPU servers, or take the GPU out',
      },
    ]
  })
}

function shortages(plan: RegionPlan, index: number): Draft[] {
  const groups = Map.groupBy(gpuWorkloads(plan), wantedProduct)
  return [...groups].flatMap(([product, workloads]): Draft[] => {
    const asked = workloads.reduce((sum, workload) => sum + workload.gpu * podsOf(workload), 0)
    const pools = poolsFor(workloads[0]!, plan)
    if (asked <= gpusOf(pools)) return []
    const what = product === undefined ? 'GPU' : `\`${product}\``
    return [
      {
        at: `spec.regions[${index}].pools`,
        message: `Unexpected demand for ${asked} x ${what} in ${plan.region.name} by ${workloads.map(share).join(', ')}, expected at most ${gpusOf(pools)}, which its pools have`,
        fix: remedy(plan, { product, workloads, missing: asked - gpusOf(pools) }),
      },
    ]
  })
}

const share = (workload: GpuWorkload) => `${nameOf(workload)} (${podsOf(workload)} x ${workload.gpu})`

function remedy(
  { region }: RegionPlan,
  { product, workloads, missing }: { product: string | undefined; workloads: readonly GpuWorkload[]; missing: number },
): string {
  const others = gpuPools(region)
    .filter((pool) => labelsOfPool(pool)[gpuProduct] !== product)
    .map(({ gpu }) => gpu.model)
  const more = `add ${counted(missing, 'GPU')}${product === undefined ? '' : ` \`${product.replace(/^NVIDIA-/, '')}\``} to a pool with \`source: external\``
  if (others.length === 0) return `${more}, or lower replicas`
  const units = [...new Set(workloads.map(({ unit }) => unit))]
  return `${more}, or let ${units.join(' and ')} use ${oneOf([...new Set(others)])}, which ${region.name} has, by the GPU model in its values`
}
