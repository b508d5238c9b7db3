import { inClusters } from '../clusters.ts'
import { mapsAt } from '../objects.ts'
import { isFluxKustomization, type Cluster } from '../repository.ts'
import { defineRule, type Draft, type TreeRule } from '../rule.ts'

export default defineRule<TreeRule>({
  name: 'dependency-cycle',
  severity: 'error',
  description: 'What Flux applies depends on each other without a cycle, or none of it ever starts.',
  on: 'tree',

  check(repository) {
    return inClusters(repository, cyclesOf)
  },

  examples: {
    pass: `
# clusters/region-a/sync.yaml
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: harbor-install, namespace: flux-system }
spec: { dependsOn: [{ name: harbor-needs }] }
---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: harbor-needs, namespace: flux-system }
spec: {}`,
    fail: `
# clusters/region-a/sync.yaml
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: harbor-install, namespace: flux-system }
spec: { dependsOn: [{ name: harbor-needs }] }
---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: harbor-needs, namespace: flux-system }
spec: { dependsOn: [{ name: harbor-install }] }`,
  },
})

function cyclesOf({ objects }: Cluster): Draft[] {
  const kustomizations = new Map(objects.filter(isFluxKustomization).map((placed) => [nameOf(placed.object.metadata), placed]))
  const edges = new Map(
    [...kustomizations].map(([id, { object }]) => [
      id,
      mapsAt(object, 'spec.dependsOn').map((other) => nameOf({ namespace: object.metadata.namespace, ...other })),
    ]),
  )
  return findCycles(edges).map((cycle) => {
    const { file, document } = kustomizations.get(cycle[0]!)!
    const names = cycle.map((id) => id.slice(id.indexOf('/') + 1))
    return {
      file,
      document,
      at: 'spec.dependsOn',
      message: `Unexpected cycle, expected none: ${[...names, names[0]].join(' -> ')}`,
      fix: `take out one of these edges: ${names.map((name, index) => `${name} -> ${names[(index + 1) % names.length]}`).join(', ')}`,
    }
  })
}

const nameOf = ({ name, namespace }: Record<string, unknown>) => [namespace ?? 'flux-system', name].join('/')

/** One shortest cycle through the first node of each knot, each knot once. */
function findCycles(edges: ReadonlyMap<string, readonly string[]>): string[][] {
  const reported = new Set<string>()
  return [...edges.keys()].flatMap((start) => {
    if (reported.has(start)) return []
    const cycle = wayBack(start, edges)
    if (!cycle || cycle.some((id) => reported.has(id))) return []
    for (const id of cycle) reported.add(id)
    return [cycle]
  })
}

/** Breadth first, from a node back to itself. */
function wayBack(start: string, edges: ReadonlyMap<string, readonly string[]>): string[] | undefined {
  const paths: string[][] = [[start]]
  const seen = new Set<string>()
  for (const path of paths) {
    for (const next of edges.get(path.at(-1)!) ?? []) {
      if (next === start) return path
      if (seen.has(next)) continue
      seen.add(next)
      paths.push([...path, next])
    }
  }
  return undefined
}
