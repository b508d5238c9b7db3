import { basename, dirname } from 'node:path/posix'
import { get, getList, getText, isObject } from '../json.ts'
import type { DiskTree, JsonObject, TreeFile } from '../model.ts'
import { documentsOf, findObjects, isKustomizationFile } from '../tree.ts'
import { findChartOf } from './releases.ts'

/** A HelmRelease as one region runs it. */
export interface RegionRelease {
  file: TreeFile
  region: string
  /** What Helm calls it. */
  name: string
  namespace: string
  /** `undefined` if neither the release nor a source beside it names one. */
  chart?: { name: string; version?: string }
  /** What Flux hands to Helm: `values-<release>.yaml`, then `region-<release>.yaml`, then `spec.values`. */
  values: JsonObject
}

/** Every HelmRelease once for each region whose Flux Kustomizations lead to it. */
export function findRegionReleases(tree: DiskTree): RegionRelease[] {
  const files = new Map(tree.files.map((file) => [file.path, file]))
  return findStages(tree).flatMap(({ region, folder }) => {
    const folders = [folder, ...findBases(files, folder)]
    const find = (name: string) => folders.map((each) => files.get(`${each}/${name}`)).find((file) => file !== undefined)
    return listReleases(tree, folders).flatMap((release) => {
      const file = find(`helmrelease-${release}.yaml`)
      return file === undefined ? [] : [toRelease(region, file, release, find)]
    })
  })
}

/** Maps merge key by key and anything else replaces, as Helm and Flux do; `null` stays, for it removes what the chart sets. */
export function mergeValues(lower: JsonObject, upper: JsonObject): JsonObject {
  const merged = { ...lower }
  for (const [key, value] of Object.entries(upper)) {
    const below = Object.hasOwn(merged, key) ? merged[key] : undefined
    merged[key] = isObject(below) && isObject(value) ? mergeValues(below, value) : value
  }
  return merged
}

/** The folders that Flux Kustomizations below a region's folder lead to. */
function findStages(tree: DiskTree): { region: string; folder: string }[] {
  const stages = findObjects(tree)
    .filter(({ kind, apiVersion }) => kind === 'Kustomization' && apiVersion.startsWith('kustomize.toolkit.fluxcd.io/'))
    .flatMap(({ file, body }) => {
      const region = file.path.split('/')[0]
      const path = getText(body, 'spec', 'path')
      return region === undefined || region === 'base' || path === undefined ? [] : [`${region} ${relativeToTree(path)}`]
    })
  return [...new Set(stages)].map((stage) => {
    const [region = '', folder = ''] = stage.split(' ')
    return { region, folder }
  })
}

function relativeToTree(path: string): string {
  return path
    .replace(/^\.?\//, '')
    .replace(/^clusters\//, '')
    .replace(/\/$/, '')
}

/** The folders that a folder's kustomization.yaml builds upon. */
function findBases(files: ReadonlyMap<string, TreeFile>, folder: string): string[] {
  const file = files.get(`${folder}/kustomization.yaml`)
  if (file === undefined) return []
  return getList(documentsOf(file)[0], 'resources').flatMap((resource) => {
    const base = typeof resource === 'string' && resource.startsWith('.') ? new URL(resource, `file:///${folder}/`).pathname.slice(1) : ''
    return files.has(`${base}/kustomization.yaml`) ? [base] : []
  })
}

function listReleases(tree: DiskTree, folders: string[]): string[] {
  const names = tree.files
    .filter(({ path }) => folders.includes(dirname(path)) && !isKustomizationFile(path))
    .flatMap(({ path }) => /^helmrelease-(.+)\.yaml$/.exec(basename(path))?.[1] ?? [])
  return [...new Set(names)]
}

function toRelease(region: string, file: TreeFile, release: string, find: (name: string) => TreeFile | undefined): RegionRelease {
  const read = (name: string): JsonObject => toObject(documentOf(find(name)))
  const document = documentOf(file)
  const namespace = getText(document, 'spec', 'targetNamespace') ?? getText(document, 'metadata', 'namespace') ?? 'default'
  return {
    file,
    region,
    name: getText(document, 'spec', 'releaseName') ?? getText(document, 'metadata', 'name') ?? release,
    namespace,
    chart: findChartOf(get(document, 'spec'), get(documentOf(find(`source-${release}.yaml`)), 'spec')),
    values: [read(`values-${release}.yaml`), read(`region-${release}.yaml`), toObject(get(document, 'spec', 'values'))].reduce(mergeValues),
  }
}

function documentOf(file: TreeFile | undefined): unknown {
  return file === undefined ? undefined : documentsOf(file)[0]
}

function toObject(value: unknown): JsonObject {
  return isObject(value) ? value : {}
}
