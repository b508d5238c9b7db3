import type { Schema } from '../../packages/schemas/src/index.ts'

interface Definition {
  spec: { versions: { schema: { openAPIV3Schema: Schema } }[] }
}

/**
 * The standard channel of Gateway API, which is what we install: its types carry the experimental fields too, told apart by tags in
 * their descriptions, as are rules that hold in one channel only.
 */
export function standardChannel<T>(crd: T): T {
  for (const version of (crd as Definition).spec.versions) version.schema.openAPIV3Schema = standard(version.schema.openAPIV3Schema)
  return crd
}

function standard(schema: Schema): Schema {
  const { properties, items, additionalProperties } = schema
  const rules = [...described(schema).matchAll(/<gateway:standard:validation:XValidation:message="([^"]*)",rule="([^"]*)">/g)]
  const known = (schema['x-kubernetes-validations'] ?? []) as object[]
  return {
    ...schema,
    ...(properties && {
      properties: Object.fromEntries(
        Object.entries(properties)
          .filter(([, field]) => !described(field).includes('<gateway:experimental>'))
          .map(([name, field]) => [name, standard(field)]),
      ),
    }),
    ...(items && { items: standard(items) }),
    ...(typeof additionalProperties === 'object' && { additionalProperties: standard(additionalProperties) }),
    ...(rules.length > 0 && { 'x-kubernetes-validations': [...known, ...rules.map(([, message, rule]) => ({ message, rule }))] }),
  }
}

const described = (schema: Schema): string => (typeof schema.description === 'string' ? schema.description : '')
