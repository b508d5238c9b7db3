import { type GpuWorkload, gpuWorkloads, type RegionPlan } from '@openova/core'
import { counted, gpusOf, nameOf, podsOf, poolsFor, wantedProduct } from '../gpus.ts'
import { defineRule, type Draft, type PlanRule } from '../rule.ts'

export default defineRule<PlanRule>({
  name: 'gpu-shape',
  severity: 'error',
  description: 'The GPUs of a pod come from one node, and every pod finds a node with as many left.',
  on: 'plan',

  check: ({ regions }) => regions.flatMap(judge),

  examples: {
    pass: `spec: { regions: [{ pools: [{ name: gpu, source: external, count: 2, gpu: { model: A10, count: 2 }, labels: {}, taints: [] }] }] }
units:
  vllm:
    resources:
      install:
        - { apiVersion: apps/v1, kind: Deployment, name: vllm, workloads: [{ kind: Deployment, name: vllm, replicas: 1, cpu: "4", memory: 32Gi, gpu: 2 }] }`,
    fail: `spec: { regions: [{ pools: [{ name: gpu, source: external, count: 4, gpu: { model: A10, count: 1 }, labels: {}, taints: [] }] }] }
units:
  vllm:
    resources:
      install:
        - { apiVersion: apps/v1, kind: Deployment, name: vllm, workloads: [{ kind: Deployment, name: vllm, replicas: 1, cpu: "4", memory: 32Gi, gpu: 2 }] }`,
  },
})

function judge(plan: RegionPlan, index: number): Draft[] {
  const groups = Map.groupBy(gpuWorkloads(plan), wantedProduct)
  return [...groups.values()].flatMap((workloads): Draft[] => {
    const pools = poolsFor(workloads[0]!, plan)
    const asked = workloads.reduce((sum, workload) => sum + workload.gpu * podsOf(workload), 0)
    // That there are too few is said by `gpu-supply`.
    if (asked > gpusOf(pools)) return []
    const nodes = pools.flatMap(({ count, gpu }) => Array.from({ length: count }, () => gpu.count))
    const homeless = place(workloads, nodes)
    if (homeless === undefined) return []
    const largest = Math.max(0, ...pools.map(({ gpu }) => gpu.count))
    const names = pools.map(({ name, count, gpu }) => `${name} (${count} x ${gpu.count})`).join(', ')
    const wanted = counted(homeless.gpu, 'GPU')
    return [
      {
        at: `spec.regions[${index}].pools`,
        message:
          homeless.gpu > largest
            ? `Unexpected ${wanted} in one pod of ${nameOf(homeless)}, expected at most ${largest}, which a node has in ${plan.region.name}: ${names}`
            : `Unexpected pod of ${nameOf(homeless)} with ${wanted}, expected a node in ${plan.region.name} that has as many left beside the other pods: ${names}`,
        fix:
          homeless.gpu > largest
            ? `use nodes with \`gpu.count: ${homeless.gpu}\`, or spread ${homeless.unit} over fewer GPUs of more memory by its values`
            : `add a node with ${wanted} to a pool, or lower replicas`,
      },
    ]
  })
}

/** Puts pods on nodes, those with most GPUs first, each where it leaves least; the first that finds no place. */
function place(workloads: readonly GpuWorkload[], nodes: readonly number[]): GpuWorkload | undefined {
  const left = [...nodes]
  const pods = workloads.flatMap((workload) => Array.from({ length: podsOf(workload) }, () => workload)).toSorted((a, b) => b.gpu - a.gpu)
  return pods.find(({ gpu }) => {
    const best = left.reduce((found, free, node) => (free >= gpu && (found < 0 || free < left[found]!) ? node : found), -1)
    if (best >= 0) left[best]! -= gpu
    return best < 0
  })
}
