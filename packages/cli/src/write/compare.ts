import { join } from 'node:path'
import { compareText } from '@openova/core'
import type { Finding, Tree } from '@openova/core'
import * as found from './findings.ts'
import { hash } from './manifest.ts'
import type { Manifest } from './manifest.ts'
import { caseCollisions, prefixesOf, whyUnsafe } from './paths.ts'
import type { Place } from './read.ts'
import { takeSnapshot, temporarySuffix, topNames } from './snapshot.ts'
import type { Snapshot } from './snapshot.ts'

/** How the disk differs from the tree; paths are relative to the output folder and sorted. */
export interface Difference {
  created: string[]
  updated: string[]
  removed: string[]
  unchanged: string[]
  /** Nothing generates them, and they lie between what is generated. */
  orphans: string[]
  /** Temporary files of an interrupted run. */
  leftovers: string[]
  /** What may not be touched without `--force`, or not at all. */
  findings: Finding[]
}

/** Reads the disk, changes nothing. With `force`, what was edited by hand or is foreign counts as an update. */
export function compareTree(tree: Tree, manifest: Manifest, { disk, output, force = false }: Place & { force?: boolean }): Difference {
  const snapshot = takeSnapshot(disk, output.folder, topNames(tree, manifest))
  const paths = [...tree.keys()].toSorted(compareText)
  const gone = [...manifest.files.keys()].filter((path) => !tree.has(path)).toSorted(compareText)
  const difference: Difference = { created: [], updated: [], removed: [], unchanged: [], orphans: [], leftovers: [], findings: [] }

  for (const [path, other] of caseCollisions(paths)) difference.findings.push(found.caseCollision(output, path, other))
  for (const path of paths) compareFile(path, tree.get(path) ?? '')
  for (const path of gone) compareGone(path)
  for (const [path, kind] of snapshot) {
    if (path.endsWith(temporarySuffix)) difference.leftovers.push(path)
    else if (kind !== 'folder' && !tree.has(path) && !manifest.files.has(path)) difference.orphans.push(path)
  }
  difference.orphans.sort(compareText)
  return difference

  function compareFile(path: string, text: string) {
    const unsafe = whyUnsafe(path, snapshot)
    if (unsafe) return difference.findings.push(found.unsafePath(output, path, unsafe))
    if (isObstructed(path, snapshot)) return difference.findings.push(found.obstructed(output, path))
    if (!snapshot.has(path)) return difference.created.push(path)

    const content = disk.read(join(output.folder, path))
    if (content.equals(Buffer.from(text))) return difference.unchanged.push(path)
    if (force || isOurs(path, content)) return difference.updated.push(path)
    return difference.findings.push(manifest.files.has(path) ? found.handEdited(output, path) : found.foreignFile(output, path))
  }

  function compareGone(path: string) {
    const unsafe = whyUnsafe(path, snapshot)
    if (unsafe) return difference.findings.push(found.unsafePath(output, path, unsafe))
    if (snapshot.get(path) !== 'file') return undefined
    if (force || isOurs(path, disk.read(join(output.folder, path)))) return difference.removed.push(path)
    return difference.findings.push(found.handEdited(output, path))
  }

  function isOurs(path: string, content: Buffer): boolean {
    return manifest.files.get(path)?.includes(hash(content)) ?? false
  }
}

/** Something that is not a file stands at the path, or something that is not a folder above it. */
function isObstructed(path: string, snapshot: Snapshot): boolean {
  return prefixesOf(path).some((prefix) => snapshot.has(prefix) && snapshot.get(prefix) !== (prefix === path ? 'file' : 'folder'))
}
