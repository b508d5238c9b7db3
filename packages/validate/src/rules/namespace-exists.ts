import { getIn, isClusterScoped } from '@openova/core'
import { clusterNames, inClusters } from '../clusters.ts'
import { textAt } from '../objects.ts'
import type { Cluster } from '../repository.ts'
import { defineRule, type Draft, type TreeRule } from '../rule.ts'

/** Cilium's chart makes the last one: what Envoy may show and trust lies there. */
const given = ['default', 'kube-system', 'kube-public', 'kube-node-lease', 'flux-system', 'cilium-secrets']

export default defineRule<TreeRule>({
  name: 'namespace-exists',
  severity: 'error',
  description: 'The namespace of each object is rendered too, or exists in every cluster.',
  on: 'tree',

  check(repository) {
    return inClusters(repository, missingIn)
  },

  examples: {
    pass: `
# clusters/region-a/kustomization.yaml
resources: [all.yaml]
# clusters/region-a/all.yaml
{ apiVersion: v1, kind: Namespace, metadata: { name: harbor } }
---
{ apiVersion: v1, kind: ConfigMap, metadata: { name: settings, namespace: harbor } }`,
    fail: `
# clusters/region-a/kustomization.yaml
resources: [all.yaml]
# clusters/region-a/all.yaml
{ apiVersion: v1, kind: Namespace, metadata: { name: harbor } }
---
{ apiVersion: v1, kind: ConfigMap, metadata: { name: settings, namespace: habor } }`,
  },
})

/** One finding a namespace, at the first object in it. */
function missingIn({ objects, applied }: Cluster): Draft[] {
  if (applied.some(({ build }) => build.opaque)) return []
  const known = new Set([
    ...given,
    ...objects.filter(({ object }) => object.kind === 'Namespace').map(({ object }) => object.metadata.name),
    ...objects
      .filter(({ object }) => getIn(object, 'spec.install.createNamespace') === true)
      .flatMap(({ object }) => textAt(object, 'spec.targetNamespace') ?? []),
  ])
  const missing = Map.groupBy(
    objects.filter(
      ({ object: { apiVersion, kind, metadata } }) =>
        !isClusterScoped(kind, apiVersion) &&
        metadata.namespace !== undefined &&
        !known.has(metadata.namespace) &&
        !metadata.namespace.includes('${'),
    ),
    ({ object }) => object.metadata.namespace!,
  )
  return [...missing].map(([namespace, placed]) => {
    const { file, document, object } = placed[0]!
    const others = placed.length > 1 ? ` and of ${placed.length - 1} more` : ''
    return {
      file,
      document,
      at: 'metadata.namespace',
      message: `Unexpected namespace \`${namespace}\` of ${object.kind} \`${object.metadata.name}\`${others}, expected one of ${clusterNames}`,
      fix: `render the namespace, or put the object into one of: ${
        [...known]
          .filter((name) => !given.includes(name))
          .slice(0, 8)
          .join(', ') || 'those that exist'
      }`,
    }
  })
}
