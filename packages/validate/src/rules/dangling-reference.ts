import { isClusterScoped } from '@openova/core'
import { clusterNames, inClusters } from '../clusters.ts'
import { didYouMean } from '../nearest.ts'
import { isKustomizationFile, parentOf } from '../folders.ts'
import type { Placed } from '../kustomize.ts'
import { type Reference, referencesOf } from '../references.ts'
import { type Applied, type Cluster, exists, folderOf, isFluxKustomization, type Repository } from '../repository.ts'
import { defineRule, type Draft, type TreeRule } from '../rule.ts'

export default defineRule<TreeRule>({
  name: 'dangling-reference',
  severity: 'error',
  description: 'What one object or file names is there: files, folders, sources, values, Gateways, issuers, stores, accounts.',
  on: 'tree',

  check(repository) {
    return distinct([...files(repository), ...folders(repository), ...inClusters(repository, (cluster) => objects(cluster, repository))])
  },

  examples: {
    pass: `
# clusters/region-a/kustomization.yaml
resources: [release.yaml, source.yaml]
# clusters/region-a/release.yaml
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: harbor, namespace: harbor }
spec: { chart: { spec: { chart: harbor, version: 1.19.1, sourceRef: { kind: HelmRepository, name: harbor } } } }
# clusters/region-a/source.yaml
apiVersion: source.toolkit.fluxcd.io/v1
kind: HelmRepository
metadata: { name: harbor, namespace: harbor }
spec: { url: "https://helm.goharbor.io" }`,
    fail: `
# clusters/region-a/kustomization.yaml
resources: [release.yaml, source.yaml]
# clusters/region-a/release.yaml
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: harbor, namespace: harbor }
spec: { chart: { spec: { chart: harbor, version: 1.19.1, sourceRef: { kind: HelmRepository, name: habor } } } }
# clusters/region-a/source.yaml
apiVersion: source.toolkit.fluxcd.io/v1
kind: HelmRepository
metadata: { name: harbor, namespace: harbor }
spec: { url: "https://helm.goharbor.io" }`,
  },
})

/** Files and folders that a kustomization names. */
function files(repository: Repository): Draft[] {
  return [...repository.files.keys()].filter(isKustomizationFile).flatMap((file) =>
    repository
      .build(parentOf(file))
      .missing.filter((missing) => missing.file === file)
      .map(({ at, path }) => ({
        file,
        at,
        message: `Unexpected path \`${path}\`, expected a file or a folder that is there`,
        fix: 'correct the path, or add what it names',
      })),
  )
}

/** Folders that a Flux Kustomization applies. */
function folders(repository: Repository): Draft[] {
  return repository
    .objects(['Kustomization'])
    .filter(isFluxKustomization)
    .flatMap((placed): Draft[] => {
      const folder = folderOf(placed, repository)
      if (folder === undefined || exists(folder, repository)) return []
      return [
        {
          ...where(placed),
          at: 'spec.path',
          message: `Unexpected path \`${folder}\`, expected a folder of this repository`,
          fix: 'correct the path, or add the folder',
        },
      ]
    })
}

/** Objects that another names; by namespace and kind, since the names alone repeat. */
function objects({ applied, objects: all }: Cluster, { own }: Repository): Draft[] {
  const unsure = applied.some(({ build }) => build.opaque)
  const names = Map.groupBy(all, ({ object }) => key(object.kind, object.metadata.namespace))
  const charts = new Set(all.filter(({ object }) => object.kind === 'HelmRelease').map(({ object }) => object.metadata.namespace))
  return applied.flatMap((one) =>
    one.build.objects.flatMap((placed) =>
      referencesOf(placed.object)
        .filter((reference) => !unsure && !isThere(reference, one) && !mayBeThere(reference))
        .map((reference): Draft => {
          const { at, kind, name, namespace, beside } = reference
          const known = (names.get(key(kind, namespace)) ?? []).map(({ object }) => object.metadata.name)
          return {
            ...where(placed),
            at,
            message: `Unexpected ${kind} \`${name}\`, expected one ${namespace === undefined ? 'in' : `in namespace ${namespace} of`} ${beside ? 'the same kustomization' : clusterNames}`,
            fix: known.length > 0 ? didYouMean(name, known) : `render ${kind} \`${name}\`, or take the reference out`,
          }
        }),
    ),
  )

  function isThere({ kind, name, namespace, beside }: Reference, { build }: Applied): boolean {
    if (kind === 'GitRepository' && name === 'flux-system') return true
    const known = beside
      ? build.objects.filter(({ object }) => key(object.kind, object.metadata.namespace) === key(kind, namespace))
      : (names.get(key(kind, namespace)) ?? [])
    return known.some(({ object }) => object.metadata.name === name)
  }

  /** In a repository of others a chart may bring what is named. */
  function mayBeThere({ byChart, beside, namespace, kind }: Reference): boolean {
    if (beside || kind === 'Kustomization' || kind === 'HelmRelease' || kind.endsWith('Repository')) return false
    return (byChart && charts.has(namespace)) || (!own && charts.size > 0)
  }
}

const key = (kind: string, namespace = 'default') => `${kind}\0${isClusterScoped(kind) ? '' : namespace}`
const where = ({ file, document }: Placed) => ({ file, document })
const distinct = (drafts: Draft[]) => [
  ...new Map(drafts.map((draft) => [[draft.file, draft.document, draft.at, draft.message].join('\0'), draft])).values(),
]
