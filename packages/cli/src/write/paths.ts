import type { Snapshot } from './snapshot.ts'
import { temporarySuffix } from './snapshot.ts'
import { manifestName } from './manifest.ts'

/** Why a path may not be written or removed, or undefined. Paths are relative to the output folder, with `/`. */
export function whyUnsafe(path: string, snapshot: Snapshot): string | undefined {
  const parts = path.split('/')
  if (path === '' || parts.some((part) => part === '' || part === '.' || part === '..')) return 'it leaves the output folder'
  if (/^[a-z]:/i.test(path) || hasOddCharacter(path)) return 'it has a backslash, a drive or a control character'
  if (path === manifestName || path.endsWith(temporarySuffix)) return 'the name is reserved for the generator'

  const link = prefixesOf(path).find((prefix) => snapshot.get(prefix) === 'link')
  return link && `\`${link}\` is a symbolic link`
}

/** Paths that would be one on a file system that ignores case: each with the other that it collides with. */
export function caseCollisions(paths: Iterable<string>): [path: string, other: string][] {
  const spelling = new Map<string, string>()
  const collisions: [string, string][] = []
  for (const path of paths) {
    for (const prefix of prefixesOf(path)) {
      const folded = prefix.normalize('NFC').toLowerCase()
      const other = spelling.get(folded)
      if (other === undefined) spelling.set(folded, prefix)
      else if (other !== prefix) collisions.push([path, other])
    }
  }
  return collisions
}

/** `a`, `a/b`, `a/b/c`. */
export function prefixesOf(path: string): string[] {
  const parts = path.split('/')
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'))
}

// oxlint-disable-next-line no-control-regex -- they are what is looked for
const hasOddCharacter = (path: string) => /[\\\u0000-\u001F\u007F]/.test(path)
