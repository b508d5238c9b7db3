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

/** What a YAML reader would not take as it is, although JSON allows it. */
const unsafe = /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g

/** The object as JSON that is also YAML, or why it cannot be written: numbers that JSON lacks, a value that contains itself. */
export function writeJson(object: unknown): string | Problem {
  try {
    const text = JSON.stringify(object, refuse) ?? 'null'
    return text.replaceAll(unsafe, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
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
  return value
}
