/** Patches of function-patch-and-transform: from the object that a person wrote to what is made of it, and back. */
export interface Patch {
  type: 'FromCompositeFieldPath' | 'CombineFromComposite' | 'ToCompositeFieldPath' | 'PatchSet'
  patchSetName?: string
  fromFieldPath?: string
  toFieldPath?: string
  combine?: object
  transforms?: readonly object[]
  policy?: object
}
export interface Composed {
  name: string
  base: object
  patches: readonly Patch[]
}

export const from = (fromFieldPath: string, toFieldPath: string): Patch => ({ type: 'FromCompositeFieldPath', fromFieldPath, toFieldPath })

/** The same for several fields of `spec`, which have the same name in the cloud. */
export const fields = (...names: readonly string[]): Patch[] => names.map((name) => from(`spec.${name}`, `spec.forProvider.${name}`))

/** The label by which firewalls and people tell clusters apart. */
export const labelled: Patch = from('spec.cluster', 'spec.forProvider.labels.cluster')

/** Nothing is made before that field is there. */
export const required = (patch: Patch): Patch => ({ ...patch, policy: { fromFieldPath: 'Required' } })

export const tell = (fromFieldPath: string, toFieldPath: string): Patch => ({ type: 'ToCompositeFieldPath', fromFieldPath, toFieldPath })

/** A project of the cloud knows no namespaces, so they are part of the name. */
export const named = (toFieldPath: string, fmt = '%s-%s'): Patch => combined(['metadata.namespace', 'metadata.name'], fmt, toFieldPath)

export const combined = (paths: readonly string[], fmt: string, toFieldPath: string): Patch => ({
  type: 'CombineFromComposite',
  combine: { variables: paths.map((fromFieldPath) => ({ fromFieldPath })), strategy: 'string', string: { fmt } },
  toFieldPath,
})

/** By its name; `kept` is never deleted unless the person said so. */
export const use = (patchSetName: 'kept' | 'kept-bucket'): Patch => ({ type: 'PatchSet', patchSetName })

export const patchSets: readonly { name: string; patches: readonly Patch[] }[] = [
  {
    name: 'kept',
    patches: [
      {
        ...from('spec.onDelete', 'spec.managementPolicies'),
        transforms: [{ type: 'map', map: { Keep: ['Observe', 'Create', 'Update', 'LateInitialize'], Delete: ['*'] } }],
      },
    ],
  },
  {
    name: 'kept-bucket',
    patches: [
      { ...from('spec.onDelete', 'spec.deletionPolicy'), transforms: [{ type: 'map', map: { Keep: 'Orphan', Delete: 'Delete' } }] },
    ],
  },
]
