import { join } from 'node:path'
import type { Finding, Tree } from '@openova/core'
import type { Context } from '@openova/validate'
import type { Disk } from './disk.ts'
import { brokenManifest } from './findings.ts'
import { emptyManifest, hash, manifestName, parseManifest } from './manifest.ts'
import type { Manifest } from './manifest.ts'
import { takeSnapshot, temporarySuffix, topNames } from './snapshot.ts'

/** Where the tree is written: the folder on disk, and its name in findings, relative to the project. */
export interface Output {
  folder: string
  name: string
}
export interface Place {
  disk: Disk
  output: Output
}

export interface Owned {
  manifest: Manifest
  /** As it stands on disk; absent before the first build. */
  text?: string
  findings: Finding[]
}

export function readManifest({ disk, output }: Place): Owned {
  const path = join(output.folder, manifestName)
  if (disk.kind(path) !== 'file') return { manifest: emptyManifest, findings: [] }
  const text = disk.read(path).toString()
  const manifest = parseManifest(text)
  return { manifest: manifest ?? emptyManifest, text, findings: manifest ? [] : [brokenManifest(output)] }
}

/** What the last build left, for the rules that compare with it; undefined before the first. */
export function previousOf({ manifest, text }: Owned, { disk, output }: Place): Context['previous'] {
  if (text === undefined) return undefined
  const files = [...manifest.files].map(([path, hashes]) => [path, hashes.length > 1 ? standing(path, hashes) : hashes[0]])
  return { files: Object.fromEntries(files) as Record<string, string>, grants: manifest.grants }

  /** After an interruption either text may stand. */
  function standing(path: string, hashes: readonly string[]): string | undefined {
    const at = join(output.folder, path)
    return hashes.find((one) => disk.kind(at) === 'file' && hash(disk.read(at)) === one) ?? hashes.at(-1)
  }
}

/** What stands on disk where the tree and the manifest have files, laid out like the tree. */
export function readTree(tree: Tree, manifest: Manifest, { disk, output }: Place): Tree {
  const files = [...takeSnapshot(disk, output.folder, topNames(tree, manifest))].filter(
    ([path, kind]) => kind === 'file' && !path.endsWith(temporarySuffix),
  )
  return new Map(files.map(([path]) => [path, disk.read(join(output.folder, path)).toString()]))
}
