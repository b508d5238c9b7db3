import { dirname, join } from 'node:path'
import type { Finding, Tree } from '@openova/core'
import type { Grants } from '@openova/validate'
import type { Difference } from './compare.ts'
import { isSystemError } from './disk.ts'
import { writeFailed } from './findings.ts'
import { journalOf, manifestName, manifestOf, printManifest } from './manifest.ts'
import { prefixesOf } from './paths.ts'
import type { Owned, Place } from './read.ts'
import { temporarySuffix } from './snapshot.ts'

interface Job {
  tree: Tree
  difference: Difference
  owned: Owned
  grants: Grants
}

/**
 * Makes the disk equal to the tree: journal, all new texts under temporary names, renames, removals, manifest. A full
 * disk is met before the first rename; an interruption leaves the journal, which tells the next run what is ours.
 */
export function writeTree({ tree, difference, owned, grants }: Job, { disk, output }: Place): Finding[] {
  const after = manifestOf(tree, grants)
  const changed = [...difference.created, ...difference.updated]
  const at = (path: string) => join(output.folder, path)
  let current = manifestName

  try {
    for (const path of difference.leftovers) disk.remove(at(path))
    if (changed.length + difference.removed.length > 0) replaceManifest(printManifest(journalOf(owned.manifest, after)))
    for (const path of changed) stage(path, tree.get(path) ?? '')
    for (const path of changed) disk.rename(at(path + temporarySuffix), at((current = path)))
    for (const path of difference.removed) disk.remove(at((current = path)))
    removeEmptyFolders(difference.removed)
    current = manifestName
    replaceManifest(printManifest(after))
    return []
  } catch (error) {
    if (!isSystemError(error)) throw error
    for (const path of [...changed, manifestName]) discard(path)
    return [writeFailed(output, current, error.message)]
  }

  function stage(path: string, text: string) {
    current = path
    disk.makeFolder(dirname(at(path)))
    disk.create(at(path + temporarySuffix), text)
  }

  function replaceManifest(text: string) {
    if (text === owned.text && changed.length + difference.removed.length === 0) return
    stage(manifestName, text)
    disk.rename(at(manifestName + temporarySuffix), at(manifestName))
  }

  function removeEmptyFolders(paths: readonly string[]) {
    const folders = new Set(paths.flatMap((path) => prefixesOf(path).slice(0, -1)))
    const deepestFirst = [...folders].toSorted((a, b) => b.split('/').length - a.split('/').length)
    for (const folder of deepestFirst)
      if (disk.kind(at(folder)) === 'folder' && disk.entries(at(folder)).length === 0) disk.removeFolder(at(folder))
  }

  /** Clears up as far as the disk lets us; the next run does the rest. */
  function discard(path: string) {
    try {
      if (disk.kind(at(path + temporarySuffix)) !== undefined) disk.remove(at(path + temporarySuffix))
    } catch {}
  }
}
