import { getIn, isMap } from '@openova/core'

/** A Kubernetes object as it was read from a file. */
export interface KubeObject {
  apiVersion: string
  kind: string
  metadata: { name: string; namespace?: string; annotations?: Record<string, unknown> }
  [key: string]: unknown
}

export const isKubeObject = (value: unknown): value is KubeObject =>
  isMap(value) &&
  typeof value.apiVersion === 'string' &&
  typeof value.kind === 'string' &&
  isMap(value.metadata) &&
  typeof value.metadata.name === 'string'

/** The string at that path, or undefined. */
export function textAt(object: unknown, path: string): string | undefined {
  const value = getIn(object, path)
  return typeof value === 'string' ? value : undefined
}

/** The maps in the list at that path, or none. */
export function mapsAt(object: unknown, path: string): Record<string, unknown>[] {
  const value = getIn(object, path)
  return Array.isArray(value) ? value.filter(isMap) : []
}

export const groupOf = ({ apiVersion }: Pick<KubeObject, 'apiVersion'>): string =>
  apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : ''

/** Kinds that start pods, and where the pod stands in them. */
export const podPaths: Readonly<Record<string, string>> = {
  Pod: 'spec',
  Deployment: 'spec.template.spec',
  StatefulSet: 'spec.template.spec',
  DaemonSet: 'spec.template.spec',
  ReplicaSet: 'spec.template.spec',
  Job: 'spec.template.spec',
  CronJob: 'spec.jobTemplate.spec.template.spec',
}

export function podOf(object: Pick<KubeObject, 'kind'>): Record<string, unknown> | undefined {
  const path = podPaths[object.kind]
  const pod = path === undefined ? undefined : getIn(object, path)
  return isMap(pod) ? pod : undefined
}

/** All containers of a pod, with their path in it. */
export function containersOf(pod: Record<string, unknown>): { container: Record<string, unknown>; at: string }[] {
  return ['initContainers', 'containers'].flatMap((key) =>
    mapsAt(pod, key).map((container, index) => ({ container, at: `${key}[${index}]` })),
  )
}
