import { type GpuPool, gpuPools, gpuProduct, type GpuWorkload, labelsOfPool, type RegionPlan } from '@openova/core'

/** The product that a pod's node selector names; without one any GPU will do. */
export const wantedProduct = ({ pod }: GpuWorkload): string | undefined => pod?.nodeSelector[gpuProduct]

/** The pools whose GPUs a pod means. */
export function poolsFor(workload: GpuWorkload, { region }: RegionPlan): GpuPool[] {
  const wanted = wantedProduct(workload)
  return gpuPools(region).filter((pool) => wanted === undefined || labelsOfPool(pool)[gpuProduct] === wanted)
}

export const gpusOf = (pools: readonly GpuPool[]): number => pools.reduce((sum, { count, gpu }) => sum + count * gpu.count, 0)

export const podsOf = ({ replicas = 1 }: GpuWorkload): number => replicas

/** `vllm/vllm-predictor`, or `vllm` where both are the same. */
export const nameOf = ({ unit, name }: GpuWorkload): string => (unit === name ? unit : `${unit}/${name}`)

export const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`
