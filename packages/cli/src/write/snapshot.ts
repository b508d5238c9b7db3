import { join } from 'node:path'
import type { Tree } from '@openova/core'
import type { Disk, Kind } from './disk.ts'
import type { Manifest } from './manifest.ts'

/** Ends the name of a file that is being written; one that is left over belongs to an interrupted run. */
export const temporarySuffix = '.openova-tmp'

/** What stands below the output folder, by relative path. */
export type Snapshot = ReadonlyMap<string, Kind>

/** The folders and files of the output folder that are the generator's business. */
export function topNames(tree: Tree, manifest: Manifest): ReadonlySet<string> {
  return new Set([...tree.keys(), ...manifest.files.keys()].map((path) => path.split('/')[0] ?? path))
}

/** Looks only below those names. */
export function takeSnapshot(disk: Disk, folder: string, names: ReadonlySet<string>): Snapshot {
  const snapshot = new Map<string, Kind>()
  walk('', (name) => names.has(name) || name.endsWith(temporarySuffix))
  return snapshot

  function walk(parent: string, isOurs: (name: string) => boolean) {
    for (const { name, kind } of disk.entries(join(folder, parent))) {
      if (!isOurs(name)) continue
      const path = parent === '' ? name : `${parent}/${name}`
      snapshot.set(path, kind)
      if (kind === 'folder') walk(path, () => true)
    }
  }
}
