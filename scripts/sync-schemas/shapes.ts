import type { Schema } from '../../packages/schemas/src/index.ts'

/** Short ways to write a schema by hand. */
export const text: Schema = { type: 'string' }
export const integer: Schema = { type: 'integer' }
export const boolean: Schema = { type: 'boolean' }
export const intOrString: Schema = { 'x-kubernetes-int-or-string': true }
/** Objects whose fields somebody else defines. */
export const open: Schema = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true }
export const anything: Schema = { 'x-kubernetes-preserve-unknown-fields': true }

export const oneOf = (...values: string[]): Schema => ({ type: 'string', enum: values })
export const list = (items: Schema): Schema => ({ type: 'array', items })
export const map = (additionalProperties: Schema): Schema => ({ type: 'object', additionalProperties })

/** An object; a field whose name ends in `!` is required. */
export function object(fields: Readonly<Record<string, Schema>>): Schema {
  const name = (field: string) => field.replace(/!$/, '')
  return {
    type: 'object',
    properties: Object.fromEntries(Object.entries(fields).map(([field, schema]) => [name(field), schema])),
    required: Object.keys(fields)
      .filter((field) => field.endsWith('!'))
      .map(name),
  }
}
