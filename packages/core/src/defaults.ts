import { isMap } from './paths.ts'

/**
 * The value with the defaults of a JSON schema, also inside objects that are absent, in items and in maps. An absent object
 * stays absent where it has required keys (nobody can default those). Changes nothing that is given.
 */
export function withDefaults(schema: object, value: unknown): unknown {
  const { properties = {}, additionalProperties, items, required = [], default: fallback } = schema as Schema
  const given = value === undefined ? structuredClone(fallback) : value
  if (items && Array.isArray(given)) return given.map((item: unknown) => withDefaults(items, item))
  if (isMap(given) ? false : given !== undefined || required.length > 0 || Object.keys(properties).length === 0) return given
  const object: Record<string, unknown> = { ...(given as object | undefined) }
  const others = isMap(additionalProperties) ? Object.keys(object).filter((key) => !Object.hasOwn(properties, key)) : []
  for (const [key, property] of [...Object.entries(properties), ...others.map((key) => [key, additionalProperties as object] as const)]) {
    const filled = withDefaults(property, Object.hasOwn(object, key) ? object[key] : undefined)
    if (filled !== undefined) object[key] = filled
  }
  return object
}

interface Schema {
  properties?: Record<string, object>
  additionalProperties?: unknown
  items?: object
  required?: readonly string[]
  default?: unknown
}
