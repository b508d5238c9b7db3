import type { Schema } from './schema.ts'

/** Keywords that stay as they are. The Kubernetes ones are not JSON Schema: they are kept for checks that know them. */
const kept = new Set(
  `enum default pattern required minimum maximum exclusiveMinimum exclusiveMaximum multipleOf
    minLength maxLength minItems maxItems uniqueItems minProperties maxProperties
    x-kubernetes-validations x-kubernetes-list-type x-kubernetes-list-map-keys
    x-kubernetes-preserve-unknown-fields x-kubernetes-int-or-string x-kubernetes-embedded-resource`.split(/\s+/),
)

/** Formats that mean the same to Kubernetes and to JSON Schema, or nothing to the latter. */
const formats = ['date-time', 'ipv4', 'ipv6', 'int32', 'int64', 'float', 'double', 'byte']

const combinators = ['allOf', 'anyOf', 'oneOf'] as const

/**
 * The same schema in the shape that gives a person good errors: no unknown fields where the fields are known, null only as a type
 * and only where the API server drops it, and no combinator that merely says "integer or string".
 */
export function closeSchema(schema: Schema, optional = false): Schema {
  const intOrString = schema['x-kubernetes-int-or-string'] === true
  const closed: Schema = keep(schema)

  if (intOrString) closed.type = ['string', 'integer']
  else if (schema.type !== undefined) closed.type = schema.type
  closeFields(schema, closed)

  for (const name of combinators) {
    const branches = schema[name]?.map(openBranch).filter((branch) => !(intOrString && saysIntOrString(branch)))
    if (branches !== undefined && branches.length > 0 && !(intOrString && name === 'anyOf' && branches.every(isTypeOnly))) closed[name] = branches
  }
  if (schema.not !== undefined) closed.not = openBranch(schema.not)

  return optional || schema.nullable === true ? allowNull(closed) : closed
}

/**
 * A branch speaks about fields that the node around it declares, so it may neither close them nor allow null: a branch that
 * admits more would make another one's match ambiguous.
 */
function openBranch(schema: Schema): Schema {
  const open: Schema = keep(schema)
  if (schema.type !== undefined) open.type = schema.type
  if (schema.properties !== undefined) open.properties = mapValues(schema.properties, openBranch)
  if (schema.items !== undefined) open.items = openBranch(schema.items)
  if (typeof schema.additionalProperties === 'object') open.additionalProperties = openBranch(schema.additionalProperties)
  for (const name of combinators) if (schema[name] !== undefined) open[name] = schema[name].map(openBranch)
  if (schema.not !== undefined) open.not = openBranch(schema.not)
  return open
}

function closeFields(schema: Schema, closed: Schema): void {
  const { properties, items, additionalProperties } = schema
  if (properties !== undefined) {
    closed.properties = Object.fromEntries(
      Object.entries(properties).map(([name, field]) => [name, closeSchema(field, !schema.required?.includes(name))]),
    )
    // What makes an object a whole resource is implied, and must not be refused.
    if (schema['x-kubernetes-embedded-resource']) closed.properties = { apiVersion: {}, kind: {}, metadata: {}, ...closed.properties }
    if (!schema['x-kubernetes-preserve-unknown-fields']) closed.additionalProperties = false
  }
  if (items !== undefined) closed.items = closeSchema(items)
  if (typeof additionalProperties === 'object') closed.additionalProperties = closeSchema(additionalProperties)
  else if (additionalProperties !== undefined) closed.additionalProperties = additionalProperties
}

function keep(schema: Schema): Schema {
  const copy: Schema = {}
  for (const [keyword, value] of Object.entries(schema)) if (kept.has(keyword) && value !== undefined) copy[keyword] = value
  if (schema.required !== undefined) copy.required = schema.required.toSorted()
  if (copy.required?.length === 0) delete copy.required
  if (schema.format !== undefined && formats.includes(schema.format)) copy.format = schema.format
  return copy
}

function allowNull(schema: Schema): Schema {
  const type = schema.type === undefined ? undefined : [...new Set([schema.type].flat()), 'null']
  return {
    ...schema,
    ...(type && { type: [...new Set(type)] }),
    ...(schema.enum && { enum: [...schema.enum.filter((value) => value !== null), null] }),
  }
}

const isTypeOnly = (schema: Schema): boolean => Object.keys(schema).join() === 'type'

const saysIntOrString = (schema: Schema): boolean => Object.keys(schema).join() === 'anyOf' && schema.anyOf!.every(isTypeOnly)

export function mapValues<A, B>(record: Readonly<Record<string, A>>, map: (value: A) => B): Record<string, B> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]))
}
