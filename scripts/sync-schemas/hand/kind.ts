import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type KindSchema, resourceSchema, type Schema } from '../../../packages/schemas/src/index.ts'
import { object } from '../shapes.ts'

/** A kind written by hand: `<group>/<version>/<Kind>`, and the fields of its spec. */
export function kind(name: string, spec: Readonly<Record<string, Schema>>): KindSchema {
  const [group = '', version = '', kindName = ''] = name.split('/')
  const gvk = { group, version, kind: kindName }
  return { gvk, schema: resourceSchema(gvk, object({ 'spec!': object(spec), status: {} })) }
}

/** The part of a Pod at a path, such as `spec.affinity` or `spec.containers.[].env`, as the generated schema of Pod has it. */
export function pod(path: string): Schema {
  const file = join(import.meta.dirname, '../../../schemas/kubernetes/core/pod_v1.json')
  let part: Schema | undefined = JSON.parse(readFileSync(file, 'utf8')) as Schema
  for (const step of path.split('.')) part = step === '[]' ? part?.items : part?.properties?.[step]
  if (part === undefined) throw new Error(`A Pod has no ${path}`)
  return part
}

/** Several parts of a Pod's spec, by their own names. */
export const podSpec = (...fields: string[]): Record<string, Schema> =>
  Object.fromEntries(fields.map((field) => [field, pod(`spec.${field}`)]))

/** Several parts of a container, by their own names. */
export const container = (...fields: string[]): Record<string, Schema> =>
  Object.fromEntries(fields.map((field) => [field, pod(`spec.containers.[].${field}`)]))
