import type { ErrorObject } from 'ajv'
import { isMap } from '../paths.ts'
import { unexpectedWord } from './words.ts'

/** What does not fit a schema; `key` tells that the key itself is wrong, not what stands there. */
export interface SchemaProblem {
  path: readonly string[]
  key: boolean
  message: string
  fix: string
}

/** An error of ajv, said as what was found, what was expected and what to do. */
export function toProblem({ keyword, instancePath, params, data, parentSchema = {}, message }: ErrorObject): SchemaProblem {
  const path = instancePath
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
  const { patternErrorMessage, default: fallback, properties = {} } = parentSchema as Annotations
  const example = ['string', 'number', 'boolean'].includes(typeof fallback) ? `, such as \`${String(fallback)}\`` : ''
  const expected = (wanted: string, fix = `write ${wanted}${example}`) => ({
    path,
    key: false,
    message: `Unexpected ${describe(data)}, expected ${wanted}`,
    fix,
  })

  switch (keyword) {
    case 'additionalProperties': {
      const key = String(params.additionalProperty)
      return { path: [...path, key], key: true, ...unexpectedWord(key, Object.keys(properties), 'remove it, or correct its name') }
    }
    case 'required': {
      const key = String(params.missingProperty)
      const meaning = properties[key]?.description?.split(/[.:;](?: |$)/)[0]
      const message = `Missing \`${key}\`${meaning ? `, expected: ${meaning}` : ''}`
      return { path: [...path, key], key: true, message, fix: `add \`${key}\`` }
    }
    case 'type':
      return expected(...typeWanted(params.type as string | string[], data, example))
    case 'enum':
      return { path, key: false, ...unexpectedWord(String(data), (params.allowedValues as unknown[]).map(String), 'write one of them') }
    case 'const':
      return expected(`\`${String(params.allowedValue)}\``)
    case 'pattern':
      return expected(patternErrorMessage?.replace(/^expected /, '') ?? `text that matches \`${String(params.pattern)}\``)
    case 'format':
      return expected(
        params.format === 'cidr' ? 'an IPv4 range by its own network address, such as `10.0.0.0/16`' : `a ${String(params.format)}`,
      )
    default:
      return expected(
        `it ${message ?? `to fit \`${keyword}\``}`.replace('it must be', 'a value').replace('it must NOT', 'it not to'),
        `correct it${example}`,
      )
  }
}

interface Annotations {
  patternErrorMessage?: string
  default?: unknown
  properties?: Record<string, { description?: string }>
}

const typeWords: ReadonlyMap<string, string> = new Map([
  ['integer', 'a whole number'],
  ['number', 'a number'],
  ['boolean', '`true` or `false`'],
  ['string', 'text'],
  ['array', 'a list'],
  ['object', 'a map'],
  ['null', 'nothing'],
])

function typeWanted(type: string | string[], data: unknown, example: string): [wanted: string, fix: string] {
  const types = [type].flat()
  const wanted = types.map((name) => typeWords.get(name) ?? name).join(' or ')
  if (types.includes('string') && (typeof data === 'number' || typeof data === 'boolean'))
    return [wanted, `put it in quotes: \`"${String(data)}"\``]
  const unquoted =
    typeof data === 'string' && data.trim() !== '' && !Number.isNaN(Number(data)) && (types.includes('integer') || types.includes('number'))
  return [wanted, unquoted ? `remove the quotes: \`${data}\`` : `write ${wanted}${example}`]
}

function describe(data: unknown): string {
  if (data === null || data === undefined) return 'nothing'
  if (Array.isArray(data)) return data.length === 0 ? 'empty list' : 'list'
  if (isMap(data)) return 'map'
  const text = typeof data === 'number' ? String(data) : JSON.stringify(data)
  return `\`${text.length > 60 ? `${text.slice(0, 57)}...` : text}\``
}
