import { type Gvk, resourceSchema } from './resource.ts'
import type { Schema } from './schema.ts'

export interface KindSchema {
  gvk: Gvk
  schema: Schema
}

interface Definition {
  kind?: unknown
  spec?: {
    group?: string
    names?: { kind?: string }
    versions?: { name: string; served?: boolean; deprecated?: boolean; schema?: { openAPIV3Schema?: Schema } }[]
  }
}

/** One closed schema per version that a CustomResourceDefinition serves; none if the object is no such definition. */
export function crdToSchemas(crd: unknown): KindSchema[] {
  const definition = (typeof crd === 'object' && crd !== null ? crd : {}) as Definition
  const { group, names, versions = [] } = definition.spec ?? {}
  const kind = names?.kind
  if (definition.kind !== 'CustomResourceDefinition' || group === undefined || kind === undefined) return []

  return versions
    .filter(({ served }) => served !== false)
    .map(({ name: version, deprecated, schema }) => {
      const gvk = { group, version, kind }
      const own = schema?.openAPIV3Schema ?? { 'x-kubernetes-preserve-unknown-fields': true }
      return { gvk, schema: { ...resourceSchema(gvk, own), ...(deprecated && { deprecated }) } }
    })
}
