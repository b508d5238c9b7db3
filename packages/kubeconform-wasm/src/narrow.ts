import { isMap } from '@openova/core'

/** A schema that grows with the objects that it has to judge. */
export interface NarrowSchema {
  /** Takes in what an object reaches; true where that is new, so that the schema has to be compiled again. */
  reach(object: unknown): boolean
  /** The schema, without what no object has reached. Of these objects it says what the whole one says. */
  current(): object
}

const lists = ['allOf', 'anyOf', 'oneOf']
const alternatives = [...lists, 'not']
const itemsOf = ['items', 'additionalItems']

/**
 * Compiling is the expensive part, and most of a schema is about fields that nobody uses. A schema with references is left whole.
 * Only verdicts about objects stay the same: an error of the schema itself shows once an object reaches it.
 */
export function narrowSchema(schema: object): NarrowSchema {
  if (JSON.stringify(schema).includes('"$ref"')) return wholeSchema(schema)

  const reached = new Set<object>()
  return {
    reach(object) {
      const before = reached.size
      mark(schema, object, reached)
      return reached.size > before
    },
    current: () => cut(schema, reached) as object,
  }
}

/** Never grows. */
export const wholeSchema = (schema: object): NarrowSchema => ({ reach: () => false, current: () => schema })

/** Rather too much than too little: whether a pattern fits a key or an alternative applies is left to the engine. */
function mark(schema: unknown, value: unknown, reached: Set<object>): void {
  if (!isMap(schema)) return
  reached.add(schema)
  for (const key of alternatives) markEach(schema[key], value, reached)

  if (Array.isArray(value)) {
    for (const item of value) for (const key of itemsOf) markEach(schema[key], item, reached)
  } else if (isMap(value)) {
    const { properties, patternProperties, additionalProperties } = schema
    const patterns = isMap(patternProperties) ? Object.values(patternProperties) : []
    for (const key of Object.keys(value)) {
      const item = value[key]
      if (item === undefined) continue
      mark(isMap(properties) && Object.hasOwn(properties, key) ? properties[key] : additionalProperties, item, reached)
      for (const pattern of patterns) mark(pattern, item, reached)
    }
  }
}

function markEach(schemas: unknown, value: unknown, reached: Set<object>): void {
  if (Array.isArray(schemas)) for (const schema of schemas) mark(schema, value, reached)
  else mark(schemas, value, reached)
}

function cut(schema: unknown, reached: Set<object>): unknown {
  if (!isMap(schema)) return schema
  if (!reached.has(schema)) return {}
  return Object.fromEntries(
    Object.entries(schema)
      .filter(([key]) => key !== 'default' && !key.startsWith('x-'))
      .map(([key, value]) => [key, cutKeyword(key, value, reached)]),
  )
}

function cutKeyword(key: string, value: unknown, reached: Set<object>): unknown {
  // Whether a key fits a pattern is not known here, but a property that was not reached is one that no object has.
  if (isMap(value) && (key === 'properties' || key === 'patternProperties')) {
    const children = Object.entries(value).filter(([, child]) => key !== 'properties' || !isMap(child) || reached.has(child))
    return Object.fromEntries(children.map(([name, child]) => [name, cut(child, reached)]))
  }
  if (lists.includes(key) || key === 'items') return Array.isArray(value) ? value.map((child) => cut(child, reached)) : cut(value, reached)
  return ['not', 'additionalProperties', 'additionalItems'].includes(key) ? cut(value, reached) : value
}
