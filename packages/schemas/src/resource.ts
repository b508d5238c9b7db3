import { closeSchema } from './close.ts'
import { objectMeta } from './object-meta.gen.ts'
import type { Schema } from './schema.ts'

/** Group, version and kind; the group of core kinds is empty. */
export interface Gvk {
  group: string
  version: string
  kind: string
}

/** The closed schema of a whole resource: its own fields, and those that every resource has. */
export function resourceSchema({ group, version, kind }: Gvk, own: Schema): Schema {
  const { apiVersion: _, kind: __, metadata, status, ...fields } = own.properties ?? {}
  const required = (own.required ?? []).filter((name) => name !== 'status')
  const body = closeSchema({ ...own, type: 'object', required, properties: fields })
  const only = (value: string): Schema => ({ type: 'string', enum: [value] })

  return {
    ...body,
    properties: {
      ...body.properties,
      apiVersion: only(group === '' ? version : `${group}/${version}`),
      kind: only(kind),
      metadata: withNameRules(metadata),
      // Written by controllers, so nobody's file is checked against it.
      ...(status && { status: {} }),
    },
    required: [...new Set([...required, 'apiVersion', 'kind', 'metadata'])].toSorted(),
  }
}

/** A CRD may say what a name looks like, and nothing else about metadata. */
function withNameRules(metadata: Schema | undefined): Schema {
  const rules = metadata?.properties?.name
  if (rules === undefined) return objectMeta

  const { type: _, ...name } = closeSchema(rules)
  return { ...objectMeta, properties: { ...objectMeta.properties, name: { ...objectMeta.properties?.name, ...name } } }
}
