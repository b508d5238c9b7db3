import { compareText } from '@openova/core'
import type { Tree } from '@openova/core'
import type { Deletion } from '@openova/report'
import type { Grants } from '@openova/validate'
import type { Manifest } from './manifest.ts'

/** Compares what the last build owned with the new tree; objects that only move between base and overlay are not deleted. */
export function deletionsOf(before: Manifest, { tree, grants }: { tree: Tree; grants: Grants }): Deletion[] {
  const kept = new Set([...tree.keys()].flatMap((path) => objectIn(path)?.id ?? []))
  const gone = [...before.files.keys()].flatMap((path) => objectIn(path) ?? []).filter(({ id }) => !kept.has(id))
  const byUnit = Map.groupBy([...new Map(gone.map((one) => [one.id, one])).values()], ({ unit }) => unit)
  const units = new Set([...kept].map((id) => id.split('/')[0]))
  const moved = Object.keys(before.grants).filter((unit) => storesGone(unit).length > 0)

  return [...new Set([...byUnit.keys(), ...moved])].toSorted(compareText).map((unit) => {
    const stores = storesGone(unit)
    return {
      unit,
      whole: !units.has(unit),
      objects: countKinds(byUnit.get(unit) ?? []),
      lost: stores.filter((store) => deleted.has(kindOf(store))),
      left: stores.filter((store) => !deleted.has(kindOf(store))),
    }
  })

  function storesGone(unit: string): string[] {
    return (before.grants[unit] ?? []).filter((store) => !grants[unit]?.includes(store))
  }
}

/** Kinds of store whose objects lie in the folder of whoever asked. */
const deleted: ReadonlySet<string> = new Set(['database'])
const kindOf = (store: string) => store.slice(0, store.indexOf('/'))

interface TreeObject {
  unit: string
  kind: string
  id: string
}

/** `base/harbor/needs/httproute-harbor.yaml`: what lies in a stage's folder, but for what only Kustomize reads. */
function objectIn(path: string): TreeObject | undefined {
  const [, unit = '', stage = '', file = ''] = path.split('/')
  const [, kind = '', name = ''] = /^([a-z0-9]+)-(.+)\.yaml$/.exec(file) ?? []
  return kind === '' || files.has(kind) ? undefined : { unit, kind, id: `${unit}/${stage}/${kind}/${name}` }
}
const files: ReadonlySet<string> = new Set(['values', 'region', 'source', 'patch'])

function countKinds(objects: readonly TreeObject[]): Record<string, number> {
  const groups = Map.groupBy(objects, ({ kind }) => kind)
  return Object.fromEntries([...groups].toSorted(([a], [b]) => compareText(a, b)).map(([kind, list]) => [kind, list.length]))
}
