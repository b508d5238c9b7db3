/**
 * The value with the defaults of a closed JSON schema, also inside objects that are absent. An absent object stays absent
 * where it has required keys (nobody can default those) or is only referred to (`$ref`). Changes nothing that is given.
 */
export function withDefaults(schema: object, value: unknown): unknown {
  const { properties, items, required = [], default: fallback } = schema as Schema
  const given = value === undefined ? structuredClone(fallback) : value
  if (items && Array.isArray(given)) return given.map((item: unknown) => withDefaults(items, item))
  if (!properties || (given === undefined ? required.length > 0 : !isObject(given))) return given
  const object: Record<string, unknown> = isObject(given) ? { ...given } : {}
  for (const [key, property] of Object.entries(properties)) {
    const filled = withDefaults(property, Object.hasOwn(object, key) ? object[key] : undefined)
    if (filled !== undefined) object[key] = filled
  }
  return object
}

interface Schema {
  properties?: Record<string, object>
  items?: object
  required?: readonly string[]
  default?: unknown
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)
