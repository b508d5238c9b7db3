import { isObject } from '../json.ts'
import type { JsonObject } from '../model.ts'
import { anyItem } from './shape.ts'

/**
 * What a values.schema.json says about a path.
 * `closed`: it forbids the key; `unknown`: it describes the keys there, and this is none of them.
 */
export type SchemaAnswer = 'known' | 'open' | 'closed' | 'unknown'

export interface SchemaLookup {
  answer: SchemaAnswer
  /** The keys that the schema knows where the path ends or breaks off. */
  siblings: string[]
}

export function lookUpInSchema(root: unknown, path: readonly string[]): SchemaLookup {
  let places = expand(root, root)
  for (const key of path) {
    const next = places.flatMap((place) => step(place, key)).flatMap((place) => expand(root, place))
    if (next.length === 0) return { answer: judge(places, key), siblings: places.flatMap(propertyNames) }
    places = next
  }
  return { answer: 'known', siblings: [] }
}

function step(schema: JsonObject, key: string): unknown[] {
  if (key === anyItem) return [schema.items, ...(Array.isArray(schema.prefixItems) ? schema.prefixItems : [])].filter(isObject)

  const { properties, patternProperties, additionalProperties } = schema
  if (isObject(properties) && Object.hasOwn(properties, key)) return [properties[key]]
  if (isObject(patternProperties)) {
    const matching = Object.entries(patternProperties).filter(([pattern]) => new RegExp(pattern).test(key))
    if (matching.length > 0) return matching.map(([, inner]) => inner)
  }
  return isObject(additionalProperties) ? [additionalProperties] : []
}

function judge(places: JsonObject[], key: string): SchemaAnswer {
  if (places.some((place) => isOpen(place, key))) return 'open'
  return places.some(({ additionalProperties }) => additionalProperties === false) ? 'closed' : 'unknown'
}

/** Says that something may be there but not what. */
function isOpen(schema: JsonObject, key: string): boolean {
  const types = schema.type === undefined ? [] : [schema.type].flat()
  if (key === anyItem) return types.includes('array') && schema.items === undefined
  const describes = isObject(schema.properties) && Object.keys(schema.properties).length > 0
  if (describes || isObject(schema.patternProperties) || schema.additionalProperties === false) return false
  return types.includes('object') || (types.length === 0 && !isCombined(schema))
}

/** Follows references and alternatives, until every part describes a value by itself. */
function expand(root: unknown, schema: unknown, followed: readonly string[] = []): JsonObject[] {
  if (schema === true) return [{}]
  if (!isObject(schema)) return []

  const parts = ['allOf', 'anyOf', 'oneOf']
    .flatMap((name) => (Array.isArray(schema[name]) ? (schema[name] as unknown[]) : []))
    .concat([schema.then, schema.else])
    .filter((part) => isObject(part) && saysSomething(part))
  const reference = typeof schema.$ref === 'string' && !followed.includes(schema.$ref) ? schema.$ref : undefined

  return [
    ...(reference === undefined ? [schema] : expand(root, resolveReference(root, reference), [...followed, reference])),
    ...parts.flatMap((part) => expand(root, part, followed)),
  ]
}

/** A part such as `{ required: [...] }` describes no shape, so it opens nothing either. */
function saysSomething(schema: JsonObject): boolean {
  return ['$ref', 'type', 'properties', 'patternProperties', 'additionalProperties', 'items', 'allOf', 'anyOf', 'oneOf'].some(
    (key) => key in schema,
  )
}

function isCombined(schema: JsonObject): boolean {
  return ['$ref', 'allOf', 'anyOf', 'oneOf', 'if', 'enum', 'const', 'not'].some((key) => key in schema)
}

function resolveReference(root: unknown, reference: string): unknown {
  if (!reference.startsWith('#')) return {}
  return reference
    .slice(1)
    .split('/')
    .filter(Boolean)
    .map((key) => decodeURIComponent(key).replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<unknown>((inner, key) => (isObject(inner) ? inner[key] : Array.isArray(inner) ? inner[Number(key)] : undefined), root)
}

function propertyNames(schema: JsonObject): string[] {
  return isObject(schema.properties) ? Object.keys(schema.properties) : []
}
