import { isMap } from '@openova/core'
import type { Path, Problem } from './finding.ts'

/** The objects of a document: none where it is empty, the items of a list. kubeconform takes a list apart in the same way, one level deep. */
export function objectsOf(document: unknown): { object: unknown; prefix: Path }[] {
  if (document === undefined || document === null) return []
  if (!isMap(document) || typeof document.kind !== 'string' || document.kind.toLowerCase() !== 'list')
    return [{ object: document, prefix: [] }]
  return Array.isArray(document.items) ? document.items.map((object: unknown, i) => ({ object, prefix: ['items', i] })) : []
}

/** `<apiVersion>/<Kind>`, the name of its schema. */
export function kindOf(object: unknown): string {
  return isMap(object) ? `${String(object.apiVersion)}/${String(object.kind)}` : ''
}

/** The object as JSON, or why it cannot be written: a number or half a character that JSON lacks, a value that contains itself. */
export function writeJson(object: unknown): string | Problem {
  try {
    const text = JSON.stringify(object) ?? 'null'
    // Looking at each value takes ten times as long, so it is done only where one may have been written as something else.
    if (/null|\\ud/.test(text)) JSON.stringify(object, refuse)
    return text
  } catch (error) {
    const found = error instanceof Error ? error.message.split('\n')[0]! : String(error)
    return {
      kind: 'invalid',
      path: [],
      expected: 'an object that JSON can hold',
      found,
      message: `not an object that JSON can hold: ${found}`,
    }
  }
}

function refuse(key: string, value: unknown): unknown {
  if (typeof value === 'number' && !Number.isFinite(value)) throw new Error(`${value} at \`${key}\``)
  if (!key.isWellFormed() || (typeof value === 'string' && !value.isWellFormed())) throw new Error(`half a character at \`${key}\``)
  return value
}
