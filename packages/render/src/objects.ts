import { getIn, type PlacedResource, type Platform, type ReleasePlan, type StagePlan, type UnitPlan } from '@openova/core'
import type { KubernetesObject } from './files.ts'
import { helmRelease, sourceOf } from './release.ts'

/** An object of a stage with its file name (without suffix), who made it, and for a HelmRelease the release. */
export interface Entry {
  object: KubernetesObject
  by: string
  /** `<kind>-<name>` unless something else says more. */
  file: string
  release?: ReleasePlan
}
export type Entries = ReadonlyMap<string, Entry>

/** Everything that a unit writes in a stage of a region, by identity. */
export function objectsOf(unit: UnitPlan, stage: StagePlan | undefined, platform: Platform): Entries {
  const entries = new Map<string, Entry>()
  for (const release of stage?.releases ?? []) {
    add({ object: helmRelease(release, unit, platform), by: unit.name, file: `helmrelease-${release.name}`, release })
    add({ object: sourceOf(release, unit, platform), by: unit.name, file: `source-${release.name}` })
  }
  for (const resource of stage?.resources ?? []) {
    const object = resourceObject(resource)
    add({ object, by: resource.by, file: `${resource.kind}-${resource.name}` })
  }
  return entries

  function add(entry: Entry) {
    const id = identify(entry.object)
    const other = entries.get(id)
    if (other) throw new Error(`${other.by} and ${entry.by} both write ${id} to ${stage?.name}`)
    entries.set(id, entry)
  }
}

/** What makes two objects the same one to Kubernetes; the API version does not. */
function identify({ apiVersion, kind, metadata: { name, namespace = '' } }: KubernetesObject): string {
  return [groupOf(apiVersion), kind, namespace, name].join('/')
}

/**
 * File name by identity, unique in the stage over all regions: a namespace is appended where two would collide, then the API group.
 * Case does not count, since it does not on every disk.
 */
export function nameFiles(regions: readonly Entries[]): ReadonlyMap<string, string> {
  const entries = new Map(regions.flatMap((region) => [...region]))
  const names = new Map([...entries].map(([id, { file }]) => [id, safe(file)]))
  for (const suffix of [namespaceOf, ({ apiVersion }: KubernetesObject) => groupOf(apiVersion)]) {
    for (const id of colliding(names)) names.set(id, safe(`${names.get(id)}-${suffix(entries.get(id)!.object)}`))
  }
  return names
}

function resourceObject({ apiVersion, kind, name, namespace, labels, annotations, body }: PlacedResource): KubernetesObject {
  const notes = kind === 'Job' ? { ...annotations, 'kustomize.toolkit.fluxcd.io/force': 'enabled' } : annotations
  if (kind === 'Job' && getIn(body, 'spec.ttlSecondsAfterFinished') !== undefined)
    throw new Error(`Job ${name} has a TTL: Flux would make it again at every interval`)
  return {
    ...body,
    apiVersion,
    kind,
    metadata: { name, namespace, labels: unlessEmpty(labels), annotations: unlessEmpty(notes) },
  }
}

function colliding(names: ReadonlyMap<string, string>): string[] {
  const counts = new Map<string, number>()
  for (const name of names.values()) counts.set(name, (counts.get(name) ?? 0) + 1)
  return [...names].filter(([, name]) => (counts.get(name) ?? 0) > 1).map(([id]) => id)
}

const groupOf = (apiVersion: string) => (apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '')
const namespaceOf = ({ metadata }: KubernetesObject) => metadata.namespace ?? 'cluster'
const safe = (name: string) => name.toLowerCase().replaceAll(/[^a-z0-9.-]/g, '-')
const unlessEmpty = (map: Readonly<Record<string, string>>) => (Object.keys(map).length > 0 ? map : undefined)
