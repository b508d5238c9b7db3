import type { Component, Resource } from '../contract.ts'
import type { PlacedResource } from '../model.ts'
import { compact } from '../paths.ts'
import { labelsOf } from '../labels.ts'
import { isClusterScoped } from '../scopes.ts'
import type { Tenant } from './answer.ts'
import { readSize, writeSizes } from './sizes.ts'

/** A resource in the folder of `to`, made by `by`: its namespace, its labels, the sizes of its workloads. */
export function placeResource(resource: Resource, { to, by }: { to: Tenant; by: Component }): PlacedResource {
  const { apiVersion, kind, workloads } = resource
  const body = writeSizes(compact(resource.body) as Record<string, unknown>, workloads, kind)
  const namespace = isClusterScoped(kind, apiVersion) ? undefined : (resource.namespace ?? to.namespace)
  const { namespace: _, ...rest } = resource
  return {
    ...rest,
    ...(namespace !== undefined && { namespace }),
    labels: { ...labelsOf({ name: to.unit.name, component: to.unit.category, tier: to.unit.tier }, to.facts.platform), ...resource.labels },
    body,
    workloads: workloads.map((workload) => readSize(body, workload, kind)),
    by: by.name,
  }
}
