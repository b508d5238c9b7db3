import type { NodePool, Region, Workload } from './contract.ts'
import type { PlacedResource, RegionPlan } from './model.ts'
import type { UnitName } from './names.ts'
import { getIn } from './paths.ts'

/** A pool whose nodes have GPUs. */
export type GpuPool = NodePool & Required<Pick<NodePool, 'gpu'>>

export const gpuPools = ({ pools }: Pick<Region, 'pools'>): GpuPool[] => pools.filter((pool): pool is GpuPool => pool.gpu !== undefined)

export const gpuNodes = (region: Pick<Region, 'pools'>): number => gpuPools(region).reduce((sum, { count }) => sum + count, 0)

/** On every node with a GPU, given at its start: what finds GPUs runs there only. */
export const gpuPresent = 'nvidia.com/gpu.present'
/** Found out on the node: the name of the device. */
export const gpuProduct = 'nvidia.com/gpu.product'

/** `A10` -> `NVIDIA-A10`: the name of the device, its blanks as dashes. */
export function productOf(model: string): string {
  const name = model.trim().replaceAll(/\s+/g, '-')
  return /^(nvidia|tesla|quadro)-/i.test(name) ? name : `NVIDIA-${name}`
}

/** Labels that a pool's nodes have: those of the spec, and of GPU nodes what is given to them at their start or found out there. */
export function labelsOfPool({ gpu, labels }: NodePool): Readonly<Record<string, string>> {
  if (gpu === undefined) return labels
  return { [gpuPresent]: 'true', [gpuProduct]: productOf(gpu.model), 'nvidia.com/gpu.count': String(gpu.count), ...labels }
}

/** What asks for GPUs in a region. */
export interface GpuWorkload extends Workload {
  gpu: number
  unit: UnitName
  /** What it says of the nodes it may run on; absent where a chart writes its pods. */
  pod?: PodPlacement
}
export interface PodPlacement {
  nodeSelector: Readonly<Record<string, string>>
  tolerations: readonly Toleration[]
  runtimeClassName?: string
}
export interface Toleration {
  key?: string
  operator?: string
  value?: string
  effect?: string
}

export function gpuWorkloads({ units }: RegionPlan): GpuWorkload[] {
  return units.flatMap(({ name, stages }) =>
    stages.flatMap(({ releases, resources }) => [
      ...releases.flatMap(({ workloads }) => withGpus(workloads).map((workload) => ({ ...workload, unit: name }))),
      ...resources.flatMap((resource) =>
        withGpus(resource.workloads).map((workload) => ({ ...workload, unit: name, pod: placementOf(resource) })),
      ),
    ]),
  )
}

const withGpus = (workloads: readonly Workload[]) =>
  workloads.flatMap((workload) => (workload.gpu === undefined || workload.replicas === 0 ? [] : [{ ...workload, gpu: workload.gpu }]))

/** An InferenceService writes the pod into its predictor, everything else into a template. */
function placementOf({ body }: PlacedResource): PodPlacement {
  const pod = ['spec.template.spec', 'spec.predictor', 'spec'].map((at) => getIn(body, at)).find((one) => typeof one === 'object')
  const { nodeSelector = {}, tolerations = [], runtimeClassName } = Object(pod) as Partial<PodPlacement>
  return { nodeSelector, tolerations, ...(runtimeClassName !== undefined && { runtimeClassName }) }
}
