import { createHash } from 'node:crypto'
import { compareText, isMap } from '@openova/core'
import type { Tree } from '@openova/core'
import type { Grants } from '@openova/validate'

export const manifestName = '.openova-manifest.json'

/** What the generator owns below the output folder. */
export interface Manifest {
  /**
   * Path -> SHA-256 of what may stand there. One, except while a write is under way: then what stood before and what
   * will stand are both ours, so that a run after an interruption knows its own files.
   */
  files: ReadonlyMap<string, readonly string[]>
  /** What each component keeps its data in: a store that appears or disappears leaves data behind. */
  grants: Grants
}

export const emptyManifest: Manifest = { files: new Map(), grants: {} }

export const hash = (content: string | Buffer): string => createHash('sha256').update(content).digest('hex')

export function manifestOf(tree: Tree, grants: Grants): Manifest {
  return { files: new Map([...tree].map(([path, text]) => [path, [hash(text)]])), grants }
}

/** Everything that either owns; the grants stay those of the last finished write. */
export function journalOf(before: Manifest, after: Manifest): Manifest {
  const files = new Map(before.files)
  for (const [path, hashes] of after.files) files.set(path, [...new Set([...(files.get(path) ?? []), ...hashes])])
  return { files, grants: before.grants }
}

export function printManifest({ files, grants }: Manifest): string {
  const content = {
    version: 1,
    grants: Object.fromEntries(sorted(Object.entries(grants))),
    files: Object.fromEntries(sorted([...files]).map(([path, hashes]) => [path, hashes.length === 1 ? hashes[0] : hashes])),
  }
  return `${JSON.stringify(content, null, 2)}\n`
}

/** Undefined for a text that is not a manifest: half a merge, or something else altogether. */
export function parseManifest(text: string): Manifest | undefined {
  const content = parseJson(text)
  if (!isMap(content) || content.version !== 1 || !isMap(content.files) || !isMap(content.grants)) return undefined
  const files = Object.entries(content.files).map(([path, hashes]) => [path, listOf(hashes)] as const)
  const grants = Object.entries(content.grants).map(([unit, stores]) => [unit, listOf(stores)] as const)
  return { files: new Map(files), grants: Object.fromEntries(grants) }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const listOf = (value: unknown): string[] => [value].flat().filter((item) => typeof item === 'string')

const sorted = <T>(entries: [string, T][]) => entries.toSorted(([a], [b]) => compareText(a, b))
