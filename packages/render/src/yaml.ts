import { compareText } from '@openova/core'
import { printLikeLibrary } from './layout.ts'

/**
 * The one YAML printer: no anchors, no folding, keys in a fixed order, every string quoted that any Go parser would read as something else.
 * Undefined is dropped, null is a value, lists keep their order.
 */
export function printYaml(value: unknown): string {
  const ordered = order(value, '', 'root')
  const key = JSON.stringify(ordered)
  const known = printed.get(key)
  if (known !== undefined) return known

  const text = printLikeLibrary(ordered)
  if (printed.size >= printedLimit) printed.clear()
  printed.set(key, text)
  return text
}

/** Most objects are the same in every region and on every platform; printing is most of the time of a build. */
const printed = new Map<string, string>()
const printedLimit = 10_000

const rootKeys = ['apiVersion', 'kind', 'metadata', 'spec']
const metadataKeys = ['name', 'namespace', 'labels', 'annotations']

type Role = 'root' | 'metadata' | 'other'

/** The same value with its keys in print order; refuses what would not read back as it was written. */
function order(value: unknown, at: string, role: Role = 'other'): unknown {
  if (value === null || typeof value === 'boolean') return value
  if (typeof value === 'string') return checkText(value, at)
  if (typeof value === 'number') return checkNumber(value, at)
  if (Array.isArray(value)) return value.filter((item) => item !== undefined).map((item, index) => order(item, `${at}[${index}]`))
  if (typeof value !== 'object') throw new Error(`YAML cannot hold a ${typeof value} at ${at || 'the root'}`)

  const object = value as Record<string, unknown>
  const isObject = 'apiVersion' in object && 'kind' in object && (role === 'root' || 'metadata' in object)
  const first = isObject ? rootKeys : role === 'metadata' ? metadataKeys : []
  const keys = Object.keys(object).filter((key) => object[key] !== undefined)
  const sorted = [...first.filter((key) => keys.includes(key)), ...keys.filter((key) => !first.includes(key)).toSorted(compareText)]
  return Object.fromEntries(
    sorted.map((key) => {
      const path = at ? `${at}.${key}` : key
      return [checkText(key, path), order(object[key], path, isObject && key === 'metadata' ? 'metadata' : 'other')]
    }),
  )
}

/** U+0085, U+2028 and U+2029 are line breaks to YAML 1.1, a BOM and control characters are refused or dropped, a lone surrogate is no character. */
// oxlint-disable-next-line no-control-regex -- control characters are what it looks for
const misread = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u2028\u2029\uFEFF\uFFFE\uFFFF]|\p{Surrogate}/u

function checkText(text: string, at: string): string {
  const found = misread.exec(text)
  if (!found) return text
  const code = found[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')
  throw new Error(`Unexpected character U+${code} at ${at || 'the root'}: YAML parsers in Go read it differently`)
}

function checkNumber(number: number, at: string): number {
  if (Number.isFinite(number)) return number
  throw new Error(`Unexpected number ${number} at ${at || 'the root'}: YAML has no word for it that Kubernetes knows`)
}
