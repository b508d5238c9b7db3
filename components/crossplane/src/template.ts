import { type Resource, resource } from '@openova/core'
import { patchAndTransform } from './packages.ts'
import { type Composed, type Patch, patchSets } from './patches.ts'

export const group = 'infrastructure.openova.io'
const version = 'v1alpha1'

/** A field that a person fills in; what has no default must be given. */
export interface Field {
  type: 'string' | 'integer' | 'boolean' | 'object' | 'array'
  description: string
  default?: unknown
  enum?: readonly string[]
  pattern?: string
  minimum?: number
  maximum?: number
  items?: object
  properties?: object
  required?: readonly string[]
}

/** A field that cannot be otherwise: so the Compositions are the same in both regions, and only definitions differ. */
export const clusterField = (clusterName: string): Field => ({
  type: 'string',
  enum: [clusterName],
  default: clusterName,
  description: 'The cluster that it belongs to, as a label in the cloud.',
})

interface Template {
  kind: string
  /** Name of the resource, and of the template: `node-pool`. */
  plural: string
  template: string
  title: string
  description: string
  scope: 'Namespaced' | 'Cluster'
  fields: Readonly<Record<string, Field>>
  /** What it tells when it is there. */
  status: Readonly<Record<string, { type: string; description: string }>>
  /** One way to make it, or several by name, of which the first is the usual one. */
  compositions: readonly { name: string; resources: readonly Composed[] }[]
}

/** What an internal developer platform offers as a form: the definition of a resource, and how it is made. */
export function selfService(template: Template): Resource[] {
  const { kind, plural, scope, description, compositions } = template
  const labels = { 'catalyst.openova.io/template': template.template, 'catalyst.openova.io/category': 'infrastructure' }
  const annotations = { 'catalyst.openova.io/title': template.title, 'catalyst.openova.io/description': description }
  return [
    resource('apiextensions.crossplane.io/v2/CompositeResourceDefinition', `${plural}.${group}`, {
      labels,
      annotations,
      spec: {
        group,
        names: { kind, plural, singular: kind.toLowerCase(), categories: ['crossplane', 'catalyst'] },
        scope,
        defaultCompositionRef: compositions[0] && { name: compositions[0].name },
        versions: [{ name: version, served: true, referenceable: true, schema: { openAPIV3Schema: schemaOf(template) } }],
      },
    }),
    ...compositions.map(({ name, resources }) =>
      resource('apiextensions.crossplane.io/v1/Composition', name, {
        labels,
        annotations,
        spec: {
          compositeTypeRef: { apiVersion: `${group}/${version}`, kind },
          mode: 'Pipeline',
          pipeline: [
            {
              step: 'resources',
              functionRef: { name: patchAndTransform },
              input: {
                apiVersion: 'pt.fn.crossplane.io/v1beta1',
                kind: 'Resources',
                patchSets: setsUsedBy(resources),
                resources,
              },
            },
          ],
        },
      }),
    ),
  ]
}

function schemaOf({ description, fields, status }: Template) {
  const all = { ...fields, onDelete }
  return {
    type: 'object',
    description,
    required: ['spec'],
    properties: {
      spec: {
        type: 'object',
        required: Object.entries(all).flatMap(([name, field]) => (field.default === undefined ? [name] : [])),
        properties: all,
      },
      status: { type: 'object', properties: status },
    },
  }
}

/** Whoever deletes the object, or its namespace, by mistake has lost nothing in the cloud. */
const onDelete: Field = {
  type: 'string',
  enum: ['Keep', 'Delete'],
  default: 'Keep',
  description: 'What becomes of it in the cloud when this object is deleted.',
}

function setsUsedBy(resources: readonly Composed[]) {
  const used = new Set(resources.flatMap(({ patches }) => patches.map(({ patchSetName }: Patch) => patchSetName)))
  return patchSets.filter(({ name }) => used.has(name))
}
