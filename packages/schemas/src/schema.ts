/** A JSON Schema, or the OpenAPI dialect of it that CRDs are written in. */
export interface Schema {
  type?: string | string[]
  format?: string
  enum?: unknown[]
  default?: unknown
  nullable?: boolean
  required?: string[]
  properties?: Record<string, Schema>
  additionalProperties?: Schema | boolean
  items?: Schema
  allOf?: Schema[]
  anyOf?: Schema[]
  oneOf?: Schema[]
  not?: Schema
  'x-kubernetes-preserve-unknown-fields'?: boolean
  'x-kubernetes-int-or-string'?: boolean
  'x-kubernetes-embedded-resource'?: boolean
  [keyword: string]: unknown
}
