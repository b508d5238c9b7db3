import { createHash } from 'node:crypto'
import { compareText } from '@openova/core'
import type { Tree } from '@openova/core'

export const manifestName = '.openova-manifest.json'

/** Storage services granted to each component: those that appear or disappear leave data behind. */
export type Grants = Readonly<Record<string, readonly string[]>>

/** What the generator owns below the output folder. */
export interface Manifest {
  /**
   * Path -> SHA-256 of what may stand there. One, except while a write is under way: then what stood before and what
   * will stand are both ours, so that a run after an interruption knows its own files.
   */
  files: ReadonlyMap<string, readonly string[]>
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
  if (!isRecord(content) || content.version !== 1 || !isRecord(content.files) || !isRecord(content.grants)) return undefined
  const files = Object.entries(content.files).map(([path, hashes]) => [path, listOf(hashes)] as const)
  const grants = Object.entries(content.grants).map(([name, kinds]) => [name, listOf(kinds)] as const)
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

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)

const sorted = <T>(entries: [string, T][]) => entries.toSorted(([a], [b]) => compareText(a, b))
