import { CORE_SCHEMA, loadAll } from 'js-yaml'
import { isKubeObject, type KubeObject } from './objects.ts'

/** A file's documents, or why it cannot be read. */
export interface Parsed {
  documents: readonly unknown[]
  error?: { message: string; line: number; column: number }
}

/** Reads YAML as data, fast; the same text is read once. Places are found apart (`locate`), for the few findings that need one. */
export function parse(text: string): Parsed {
  const known = cache.get(text)
  if (known) return known
  const parsed = read(text)
  if (cache.size >= cacheLimit) cache.clear()
  cache.set(text, parsed)
  return parsed
}

/** The kinds that a text may hold, and more, told without parsing it. */
export const kindsIn = (text: string): string[] =>
  [...text.matchAll(/(?:^|[{,])[ \t]*["']?kind["']?:[ \t]*["']?(\w+)/gm)].map(([, kind]) => kind!)

export function objectsIn(text: string): { object: KubeObject; document: number }[] {
  return parse(text).documents.flatMap((object, document) => (isKubeObject(object) ? [{ object, document }] : []))
}

const cache = new Map<string, Parsed>()
const cacheLimit = 20_000

function read(text: string): Parsed {
  try {
    return { documents: loadAll(text, { schema: CORE_SCHEMA, maxDepth: 1000 }) }
  } catch (error) {
    const { reason, mark } = error as { reason?: string; mark?: { line: number; column: number } }
    return { documents: [], error: { message: reason ?? String(error), line: (mark?.line ?? 0) + 1, column: (mark?.column ?? 0) + 1 } }
  }
}
