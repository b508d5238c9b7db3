import { compareText } from '@openova/core'
import type { Schema } from '@openova/schemas'

const width = 120

/**
 * The TypeScript type of a closed schema of ours, as one writes it by hand: without null, without patterns and bounds, without the
 * conditions of combinators. Lists are readonly, so that constants fit; a value of a map may be undefined, since such keys are dropped.
 */
export function typeOf(schema: Schema, { indent = '', used = 0, broken = false } = {}): string {
  if (schema.enum !== undefined) return unionOf(schema.enum.filter((value) => value !== null).map(literal))
  const types = [schema.type ?? []].flat().filter((type) => type !== 'null')
  if (types.length === 0) return 'unknown'
  return unionOf(
    types.map((type) => (type === 'object' ? objectOf : type === 'array' ? listOf : scalarOf)(schema, { type, indent, used, broken })),
  )
}

interface Place {
  type: string
  indent: string
  used: number
  broken: boolean
}

const scalarOf = (_: Schema, { type }: Place): string => (type === 'integer' ? 'number' : type)

function listOf({ items = {} }: Schema, place: Place): string {
  const item = typeOf(items, { ...place, used: place.used + 'readonly []'.length, broken: false })
  return `readonly ${isUnion(items) ? `(${item})` : item}[]`
}

function objectOf(schema: Schema, { indent, used, broken }: Place): string {
  const deeper = `${indent}  `
  const members = membersOf(schema, deeper)
  if (members.length === 0) return '{ [key: string]: never }'
  const line = `{ ${members.join('; ')} }`
  const fits = !line.includes('\n') && indent.length + used + line.length <= width
  return fits && !broken ? line : `{\n${members.map((member) => `${deeper}${member}\n`).join('')}${indent}}`
}

function membersOf({ properties = {}, required = [], ...schema }: Schema, indent: string): string[] {
  const fields = Object.entries(properties)
    .toSorted(([a], [b]) => compareText(a, b))
    .map(([name, field]) => {
      const key = `${/^[A-Za-z_$][\w$]*$/.test(name) ? name : literal(name)}${required.includes(name) ? '' : '?'}: `
      return key + typeOf(field, { indent, used: key.length })
    })
  const others = othersOf(schema, Object.keys(properties).length > 0)
  return others === undefined
    ? fields
    : [...fields, `[key: string]: ${typeOf(others, { indent, used: 15 })}${others.type === undefined ? '' : ' | undefined'}`]
}

/** The schema of fields that have no name of their own: none in a closed object, any where Kubernetes preserves what it does not know. */
function othersOf({ additionalProperties, ...schema }: Schema, named: boolean): Schema | undefined {
  if (schema['x-kubernetes-preserve-unknown-fields'] === true) return {}
  if (typeof additionalProperties === 'object') return named ? {} : additionalProperties
  return additionalProperties === true || (additionalProperties === undefined && !named) ? {} : undefined
}

const isUnion = ({ enum: values, type }: Schema): boolean =>
  (values ?? [type].flat()).filter((each) => each !== null && each !== 'null').length > 1
const unionOf = (types: readonly string[]): string => [...new Set(types)].join(' | ')
const literal = (value: unknown): string =>
  typeof value === 'string' ? `'${value.replaceAll(/['\\]/g, String.raw`\$&`)}'` : JSON.stringify(value)
