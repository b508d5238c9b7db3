import { daemonSet, deployment, gpuPresent, release, type Release } from '@openova/core'
import { runtimeClassName, tolerations } from './placement.ts'

const onGpuNodes = { [gpuPresent]: 'true' }

/** Hands GPUs out to pods, and labels nodes by what they have; on that many nodes. */
export function devicePlugin(nodes: number): Release {
  const resources = { at: { resources: 'resources' }, nodes, cpu: '10m', memory: '48Mi' }
  return release('nvidia-device-plugin', {
    chart: { name: 'nvidia-device-plugin', repository: 'https://nvidia.github.io/k8s-device-plugin', version: '0.20.0' },
    workloads: [
      // The chart has one size for both.
      daemonSet('nvidia-device-plugin', resources),
      daemonSet('gpu-feature-discovery', resources),
      daemonSet('node-feature-discovery-worker', {
        at: { resources: 'nfd.worker.resources' },
        nodes,
        cpu: '5m',
        memory: '32Mi',
        memoryLimit: '128Mi',
      }),
      deployment('node-feature-discovery-master', {
        at: { replicas: 'nfd.master.replicaCount', resources: 'nfd.master.resources' },
        replicas: 1,
        cpu: '10m',
        memory: '96Mi',
        memoryLimit: '256Mi',
      }),
      deployment('node-feature-discovery-gc', { at: { resources: 'nfd.gc.resources' }, replicas: 1, cpu: '5m', memory: '48Mi' }),
    ],
    values: {
      runtimeClassName,
      nodeSelector: onGpuNodes,
      tolerations,
      gfd: { enabled: true },
      nfd: {
        worker: { nodeSelector: onGpuNodes, tolerations },
      },
    },
  })
}
