import { type KindSchema, resourceSchema, type Schema } from '../../packages/schemas/src/index.ts'

/** What go/core prints. */
interface Published {
  definitions: Record<string, Schema & { $ref?: string }>
  kinds: { group: string; version: string; kind: string; model: string }[]
}

const machinery = 'io.k8s.apimachinery.pkg'
const apiextensions = 'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1'
const anything: Schema = { 'x-kubernetes-preserve-unknown-fields': true }

/** Types whose Go code reads JSON in its own way, so that their definitions do not tell what may be written. */
const special: Readonly<Record<string, Schema>> = {
  [`${machinery}.api.resource.Quantity`]: {
    type: ['string', 'number'],
    pattern: String.raw`^(\+|-)?(([0-9]+(\.[0-9]*)?)|(\.[0-9]+))(([KMGTPE]i)|[numkMGTPE]|([eE](\+|-)?(([0-9]+(\.[0-9]*)?)|(\.[0-9]+))))?$`,
  },
  [`${machinery}.util.intstr.IntOrString`]: { 'x-kubernetes-int-or-string': true },
  [`${machinery}.runtime.RawExtension`]: { type: 'object', ...anything },
  [`${machinery}.apis.meta.v1.FieldsV1`]: { type: 'object', ...anything },
  [`${apiextensions}.JSON`]: anything,
  [`${apiextensions}.JSONSchemaPropsOrArray`]: anything,
  [`${apiextensions}.JSONSchemaPropsOrBool`]: anything,
  [`${apiextensions}.JSONSchemaPropsOrStringArray`]: anything,
}

/** The stable kinds of Kubernetes itself, each with everything that it refers to inside. */
export function coreSchemas(printed: string): KindSchema[] {
  const { definitions, kinds } = JSON.parse(printed) as Published
  return kinds.map(({ group, version, kind, model }) => {
    const gvk = { group, version, kind }
    return { gvk, schema: resourceSchema(gvk, inline(definitions, model)) }
  })
}

/** The part of ObjectMeta that every resource shares; before it is closed. */
export function objectMetaOf(printed: string): Schema {
  return inline((JSON.parse(printed) as Published).definitions, `${machinery}.apis.meta.v1.ObjectMeta`)
}

function inline(definitions: Published['definitions'], model: string, path: readonly string[] = []): Schema {
  const known = special[model]
  if (known !== undefined) return known
  // Only the schema inside a CRD contains itself.
  if (path.includes(model)) return { type: 'object', ...anything }

  const definition = definitions[model]
  if (definition === undefined) throw new Error(`No definition of ${model}`)
  return resolve(definition)

  function resolve(schema: Schema & { $ref?: string }): Schema {
    const { $ref, default: value, properties, items, additionalProperties, allOf, ...rest } = schema
    const target = $ref ?? (allOf?.[0] as { $ref?: string } | undefined)?.$ref
    const base = target === undefined ? {} : inline(definitions, target.replace('#/definitions/', ''), [...path, model])
    return {
      ...base,
      ...rest,
      // Zero values are an artefact of Go, not something that the API server fills in.
      ...(isZero(value) ? {} : { default: value }),
      ...(properties && { properties: Object.fromEntries(Object.entries(properties).map(([name, field]) => [name, resolve(field)])) }),
      ...(items && { items: resolve(items) }),
      ...(additionalProperties !== undefined && {
        additionalProperties: typeof additionalProperties === 'object' ? resolve(additionalProperties) : additionalProperties,
      }),
    }
  }
}

const isZero = (value: unknown): boolean =>
  value === undefined || value === '' || value === 0 || value === false || JSON.stringify(value) === '{}'
