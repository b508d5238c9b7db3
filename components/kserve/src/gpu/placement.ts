import { type Resource, resource } from '@openova/core'

export const runtimeClassName = 'nvidia'

/** Whatever the value and the effect of the taint. */
export const tolerations = [{ key: 'nvidia.com/gpu', operator: 'Exists' as const }]

/** K3s finds the runtime of that name when it starts, and brings the same object; here it is declared for every Kubernetes. */
export function runtimeClass(): Resource {
  return resource('node.k8s.io/v1/RuntimeClass', runtimeClassName, { handler: 'nvidia' })
}
