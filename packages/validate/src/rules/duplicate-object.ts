import { isMap } from '@openova/core'
import { clusterNames, inClusters } from '../clusters.ts'
import type { Placed } from '../kustomize.ts'
import { groupOf } from '../objects.ts'
import type { Cluster } from '../repository.ts'
import { defineRule, type Draft, type TreeRule } from '../rule.ts'

export default defineRule<TreeRule>({
  name: 'duplicate-object',
  severity: 'error',
  description: 'An object is applied once in a cluster, or two owners overwrite each other for ever.',
  on: 'tree',

  check(repository) {
    return inClusters(repository, duplicatesIn)
  },

  examples: {
    pass: `
# clusters/region-a/kustomization.yaml
resources: [one.yaml, two.yaml]
# clusters/region-a/one.yaml
{ apiVersion: v1, kind: ConfigMap, metadata: { name: settings, namespace: harbor } }
# clusters/region-a/two.yaml
{ apiVersion: v1, kind: ConfigMap, metadata: { name: settings, namespace: gitea } }`,
    fail: `
# clusters/region-a/kustomization.yaml
resources: [one.yaml, two.yaml]
# clusters/region-a/one.yaml
{ apiVersion: v1, kind: ConfigMap, metadata: { name: settings, namespace: harbor } }
# clusters/region-a/two.yaml
{ apiVersion: v1, kind: ConfigMap, metadata: { name: settings, namespace: harbor } }`,
  },
})

function duplicatesIn({ applied }: Cluster): Draft[] {
  const first = new Map<string, { placed: Placed; by: string }>()
  return applied.flatMap(({ name: by, build }) =>
    build.objects.flatMap((placed): Draft[] => {
      const { kind, metadata } = placed.object
      const id = [groupOf(placed.object), kind, metadata.namespace ?? '', metadata.name].join('\0')
      const known = first.get(id)
      if (!known) first.set(id, { placed, by })
      if (!known || isOnlyEnsured(placed.object)) return []
      const where = known.by === by ? known.placed.file : `${known.placed.file} (${known.by})`
      return [
        {
          file: placed.file,
          document: placed.document,
          at: 'metadata.name',
          message: `Unexpected second ${kind} \`${[metadata.namespace, metadata.name].filter(Boolean).join('/')}\` in ${clusterNames}, expected one; the first is in ${where}`,
          fix: 'let one component render it, or give one of them another name',
        },
      ]
    }),
  )
}

/** Flux makes it where it is absent and leaves it alone after. */
const isOnlyEnsured = ({ metadata: { annotations } }: Placed['object']) =>
  isMap(annotations) && annotations['kustomize.toolkit.fluxcd.io/ssa'] === 'IfNotPresent'
