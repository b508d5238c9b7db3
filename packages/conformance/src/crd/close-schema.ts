import { isObject } from '../json.ts'
import type { JsonObject } from '../model.ts'

/**
 * Turns the openAPIV3Schema of a CRD into a JSON schema that refuses what the API server would prune or refuse.
 * Rules in CEL (x-kubernetes-validations) are left out: they need the API server.
 */
export function closeSchema(schema: JsonObject): JsonObject {
  return asResource(close(schema))
}

/** Every resource has these, whatever its schema says about them. */
function asResource(schema: JsonObject): JsonObject {
  const properties = isObject(schema.properties) ? schema.properties : {}
  return {
    ...schema,
    required: [...new Set([...(Array.isArray(schema.required) ? (schema.required as string[]) : []), 'apiVersion', 'kind', 'metadata'])],
    properties: { ...properties, apiVersion: { type: 'string' }, kind: { type: 'string' }, metadata: objectMeta },
  }
}

const textMap = { type: 'object', additionalProperties: { type: 'string' } }

/** What a person may set in metadata; the rest is the API server's. */
const objectMeta: JsonObject = {
  type: 'object',
  additionalProperties: false,
  properties: {
    name: { type: 'string', maxLength: 253 },
    generateName: { type: 'string' },
    namespace: { type: 'string', maxLength: 63 },
    labels: { ...textMap, additionalProperties: { type: 'string', maxLength: 63 } },
    annotations: textMap,
    finalizers: { type: 'array', items: { type: 'string' } },
    ownerReferences: { type: 'array', items: { type: 'object' } },
  },
}

/** Embedded objects, such as a pod template's, often carry only a part of the metadata. */
const embeddedResource = { apiVersion: { type: 'string' }, kind: { type: 'string' }, metadata: objectMeta }

function close(schema: JsonObject): JsonObject {
  const closed: JsonObject = { ...pick(schema, keptAsIs), ...closePattern(schema), ...closeBounds(schema) }

  if (isObject(schema.properties)) closed.properties = mapValues(schema.properties, close)
  if (isObject(schema.items)) closed.items = close(keeping(schema, schema.items))
  if (isObject(schema.additionalProperties)) closed.additionalProperties = close(schema.additionalProperties)
  if (schema['x-kubernetes-embedded-resource'] === true) closed.properties = { ...embeddedResource, ...(closed.properties as JsonObject) }
  if (isClosed(schema)) closed.additionalProperties = false
  if (Array.isArray(schema.required)) closed.required = schema.required.filter((key) => !hasDefault(schema, key))
  if (schema['x-kubernetes-list-type'] === 'set') closed.uniqueItems = true

  // Inside these stand only conditions on the value: the fields themselves are named above.
  for (const name of ['allOf', 'anyOf', 'oneOf']) {
    if (Array.isArray(schema[name])) closed[name] = schema[name].filter(isObject).map(closeCondition)
  }
  if (isObject(schema.not)) closed.not = closeCondition(schema.not)

  if (schema['x-kubernetes-int-or-string'] === true) closed.type = ['integer', 'string']
  if (schema.nullable === true) allowNull(closed)
  return closed
}

const keptAsIs = [
  'type',
  'enum',
  'const',
  'minLength',
  'maxLength',
  'minItems',
  'maxItems',
  'uniqueItems',
  'minProperties',
  'maxProperties',
  'multipleOf',
  'additionalProperties',
]

/** A condition names fields without describing them, so it must not close anything. */
function closeCondition(schema: JsonObject): JsonObject {
  const condition: JsonObject = { ...pick(schema, [...keptAsIs, 'required']), ...closePattern(schema), ...closeBounds(schema) }
  if (isObject(schema.properties)) condition.properties = mapValues(schema.properties, closeCondition)
  if (isObject(schema.items)) condition.items = closeCondition(schema.items)
  for (const name of ['allOf', 'anyOf', 'oneOf']) {
    if (Array.isArray(schema[name])) condition[name] = schema[name].filter(isObject).map(closeCondition)
  }
  if (isObject(schema.not)) condition.not = closeCondition(schema.not)
  return condition
}

/** The API server prunes every field that is not described, unless told to keep it. */
function isClosed(schema: JsonObject): boolean {
  return schema.type === 'object' && schema.additionalProperties === undefined && schema['x-kubernetes-preserve-unknown-fields'] !== true
}

/** What a list is told to keep, it keeps in each of its items. */
function keeping(list: JsonObject, items: JsonObject): JsonObject {
  const key = 'x-kubernetes-preserve-unknown-fields'
  return list[key] === true ? { ...items, [key]: true } : items
}

/** Defaults are filled in before required fields are looked for. */
function hasDefault(schema: JsonObject, key: unknown): boolean {
  const property = isObject(schema.properties) && typeof key === 'string' ? schema.properties[key] : undefined
  return isObject(property) && property.default !== undefined
}

/** Go's regular expressions know flags and classes that JavaScript's do not; such a pattern is not checked. */
function closePattern({ pattern }: JsonObject): JsonObject {
  if (typeof pattern !== 'string') return {}
  try {
    return { pattern: new RegExp(pattern).source }
  } catch {
    return {}
  }
}

/** In OpenAPI 3.0 `exclusiveMinimum` is a boolean beside `minimum`; in JSON schema it is the number. */
function closeBounds({ minimum, maximum, exclusiveMinimum, exclusiveMaximum }: JsonObject): JsonObject {
  return {
    ...(minimum !== undefined && { [exclusiveMinimum === true ? 'exclusiveMinimum' : 'minimum']: minimum }),
    ...(maximum !== undefined && { [exclusiveMaximum === true ? 'exclusiveMaximum' : 'maximum']: maximum }),
  }
}

function allowNull(schema: JsonObject): void {
  if (schema.type !== undefined) schema.type = [schema.type, 'null'].flat()
  if (Array.isArray(schema.enum)) schema.enum = [...schema.enum, null]
}

function pick(object: JsonObject, keys: string[]): JsonObject {
  return Object.fromEntries(keys.filter((key) => object[key] !== undefined).map((key) => [key, object[key]]))
}

function mapValues(object: JsonObject, change: (value: JsonObject) => JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, isObject(value) ? change(value) : {}]))
}
