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
    const documents = loadAll(text, { schema: CORE_SCHEMA, maxDepth: 1000 })
    if (!text.includes('*') || sizeOf(documents) <= sizeLimit) return { documents }
    return { documents: [], error: { message: 'its aliases make it endless, or far too large', line: 1, column: 1 } }
  } catch (error) {
    const { reason, mark } = error as { reason?: string; mark?: { line: number; column: number } }
    return { documents: [], error: { message: reason ?? String(error), line: (mark?.line ?? 0) + 1, column: (mark?.column ?? 0) + 1 } }
  }
}

/** Far more than any object that an API server takes. */
const sizeLimit = 1_000_000

/** How many values a document has once its aliases are written out; without end where one leads back to itself. */
function sizeOf(value: unknown, known = new Map<object, number>()): number {
  if (typeof value !== 'object' || value === null) return 1
  const size = known.get(value)
  if (size !== undefined) return size
  known.set(value, Infinity)
  const whole = Object.values(value).reduce((sum: number, child) => sum + sizeOf(child, known), 1)
  known.set(value, whole)
  return whole
}
