import { checkSchema, withDefaults } from '@openova/core'

/** What a values schema lacks: closed objects, and type, default and description of each property. */
export function lintSchema(schema: unknown, file: string): string[] {
  if (!isObject(schema)) return [`${file}: expected a JSON schema, a map`]
  const problems = [
    ...lintObject(schema, '', file),
    ...(schema.type === 'object' ? [] : [`${file}: \`type\` of the whole must be \`object\``]),
  ]
  if (problems.length > 0) return problems
  try {
    return checkSchema(schema, withDefaults(schema, {})).map(
      ({ path, message }) => `${file}: default of ${path.join('.')} does not fit: ${message}`,
    )
  } catch (error) {
    return [`${file}: ${error instanceof Error ? error.message : String(error)}`]
  }
}

function lintObject(schema: Schema, at: string, file: string): string[] {
  const properties = isObject(schema.properties) ? schema.properties : {}
  const others = schema.additionalProperties
  const open = others !== false && !isObject(others)
  return [
    ...(open ? [`${file}: ${at || 'the whole'} is an open object; set \`additionalProperties: false\``] : []),
    ...Object.entries(properties).flatMap(([key, property]) =>
      lintProperty(property, at ? `${at}.${key}` : key, { file, required: isRequired(schema, key) }),
    ),
    ...(isObject(others) ? lintType(others, `${at}.*`, file) : []),
  ]
}

function lintProperty(property: unknown, at: string, { file, required }: { file: string; required: boolean }): string[] {
  if (!isObject(property)) return [`${file}: ${at} must be a map with type, default and description`]
  const nested = isObject(property.properties)
  return [
    ...(typeof property.description === 'string' && property.description !== '' ? [] : [`${file}: ${at} has no description`]),
    ...('default' in property || nested || required ? [] : [`${file}: ${at} has no default`]),
    ...lintType(property, at, file),
  ]
}

function lintType(schema: Schema, at: string, file: string): string[] {
  if ('$ref' in schema) return [`${file}: ${at} uses \`$ref\`; write it out, since the schema becomes a part of a larger one`]
  if (schema.type === undefined && schema.enum === undefined && schema.const === undefined) return [`${file}: ${at} has no type`]
  const types = [schema.type].flat()
  if (types.includes('array')) return isObject(schema.items) ? lintType(schema.items, `${at}[]`, file) : [`${file}: ${at} has no items`]
  return types.includes('object') ? lintObject(schema, at, file) : []
}

type Schema = Record<string, unknown>

const isObject = (value: unknown): value is Schema => typeof value === 'object' && value !== null && !Array.isArray(value)
const isRequired = ({ required }: Schema, key: string): boolean => Array.isArray(required) && required.includes(key)
