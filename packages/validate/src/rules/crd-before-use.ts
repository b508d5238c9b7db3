import { clusterNames, inClusters } from '../clusters.ts'
import { dependenciesOf, groupsUsed, type Provider, providersIn } from '../providers.ts'
import { type Applied, type Cluster, isFluxKustomization } from '../repository.ts'
import { defineRule, type Draft, type TreeRule } from '../rule.ts'

export default defineRule<TreeRule>({
  name: 'crd-before-use',
  severity: 'error',
  description: 'The CRD of a custom resource is there before it, by an earlier stage that it depends on, or Flux cannot apply its folder.',
  on: 'tree',

  check(repository, { providers = [] }) {
    return inClusters(repository, (cluster) => tooEarly(cluster, { providers, own: repository.own }))
  },

  examples: {
    pass: `
# clusters/region-a/sync.yaml
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: cnpg-crds, namespace: flux-system }
spec: { path: ./cnpg, sourceRef: { kind: GitRepository, name: flux-system } }
---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: harbor-needs, namespace: flux-system }
spec: { path: ./harbor, sourceRef: { kind: GitRepository, name: flux-system }, dependsOn: [{ name: cnpg-crds }] }
# cnpg/crd.yaml
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: clusters.postgresql.cnpg.io }
spec: { group: postgresql.cnpg.io }
# harbor/cluster.yaml
apiVersion: postgresql.cnpg.io/v1
kind: Cluster
metadata: { name: registry, namespace: harbor }`,
    fail: `
# clusters/region-a/sync.yaml
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: cnpg-crds, namespace: flux-system }
spec: { path: ./cnpg, sourceRef: { kind: GitRepository, name: flux-system } }
---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: harbor-needs, namespace: flux-system }
spec: { path: ./harbor, sourceRef: { kind: GitRepository, name: flux-system } }
# cnpg/crd.yaml
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: clusters.postgresql.cnpg.io }
spec: { group: postgresql.cnpg.io }
# harbor/cluster.yaml
apiVersion: postgresql.cnpg.io/v1
kind: Cluster
metadata: { name: registry, namespace: harbor }`,
  },
})

/** One finding for each group in each Flux Kustomization, at the first object. In a repository of others, a group may come from elsewhere. */
function tooEarly(cluster: Cluster, { providers, own }: { providers: readonly Provider[]; own: boolean }): Draft[] {
  const { applied } = cluster
  const names = new Set(applied.map(({ name }) => name))
  const known = Map.groupBy([...providersIn(cluster, { own }), ...providers.filter(({ ready }) => names.has(ready))], ({ group }) => group)
  const before = closureOf(applied)
  return groupsUsed(cluster).flatMap(({ applied: { name, build }, groups }) =>
    [...groups].flatMap(([group, objects]): Draft[] => {
      const brought = known.get(group) ?? []
      const waitsFor = before.get(name) ?? new Set()
      if (isGiven(group) || (brought.length === 0 && (!own || build.opaque))) return []
      if (brought.some((provider) => isThere(provider, name, waitsFor))) return []

      const { object, file, document } = objects[0]!
      const others = objects.length > 1 ? ` and of ${objects.length - 1} more` : ''
      const missing = [...new Set(brought.map(({ ready }) => shortName(ready)))]
      const expected =
        missing.length > 0 ? `\`${shortName(name)}\` to depend on \`${missing.join('` or `')}\`` : `a component that brings ${group}`
      return [
        {
          file,
          document,
          at: 'apiVersion',
          message: `Unexpected ${object.kind} \`${object.metadata.name}\`${others} before its CRD in ${clusterNames}, expected ${expected}`,
          fix: fixOf({ own, found: missing.length > 0, group }),
        },
      ]
    }),
  )
}

function fixOf({ own, found, group }: { own: boolean; found: boolean; group: string }): string {
  if (!found) return `name the group in \`provides\` of the component that installs its CRDs: '${group}'`
  return own
    ? 'add the edge with `after` in the component, or move the object to a later stage'
    : 'add it to `dependsOn`, or move the object'
}

function isThere({ ready, unit, installs }: Provider, name: string, waitsFor: ReadonlySet<string>): boolean {
  if (unit.includes(name)) return installs === undefined || waitsFor.has(installs)
  return waitsFor.has(ready)
}

/** All that was applied before it: what it depends on, and whatever applied it, at any distance. */
function closureOf(applied: readonly Applied[]): Map<string, Set<string>> {
  const edges = new Map<string, string[]>(
    applied.flatMap(({ name: parent, build }) =>
      build.objects.filter(isFluxKustomization).map(({ object }): [string, string[]] => {
        const { name, namespace } = object.metadata
        return [`${namespace ?? 'flux-system'}/${name}`, [...dependenciesOf(object, namespace), parent]]
      }),
    ),
  )
  return new Map(applied.map(({ name }) => [name, reach(name)]))

  function reach(name: string): Set<string> {
    const found = new Set(edges.get(name))
    for (const one of found) for (const next of edges.get(one) ?? []) found.add(next)
    return found
  }
}

/** Kubernetes' own groups, those of K3s, and Flux's, which the bootstrap installs. */
const isGiven = (group: string) => !group.includes('.') || given.has(group) || group.endsWith('.toolkit.fluxcd.io')

const given = new Set([
  ...`admissionregistration apiextensions apiregistration authentication authorization certificates coordination discovery events
  flowcontrol.apiserver internal.apiserver networking node rbac.authorization resource scheduling storage storagemigration`
    .split(/\s+/)
    .map((name) => `${name}.k8s.io`),
  'helm.cattle.io',
  'k3s.cattle.io',
])

const shortName = (name: string) => name.slice(name.lastIndexOf('/') + 1)
