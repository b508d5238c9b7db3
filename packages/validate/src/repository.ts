import { compareText, getIn, type Tree } from '@openova/core'
import { type Folders, foldersOf, isKustomizationFile, join, parentOf } from './folders.ts'
import { type Build, buildFolder, inNamespace, type Placed } from './kustomize.ts'
import { groupOf, textAt } from './objects.ts'
import { kindsIn, objectsIn, parse } from './parse.ts'

/** What one Flux Kustomization applies; the first of a cluster is its root, which nothing in the tree describes. */
export interface Applied {
  /** `namespace/name` of the Flux Kustomization, or the root's folder. */
  name: string
  by?: Placed
  build: Build
}
/** All that one cluster gets from this repository. */
export interface Cluster {
  folder: string
  applied: Applied[]
  objects: Placed[]
}

/** A Flux repository, parsed where a rule asks. */
export interface Repository {
  files: Tree
  folders: Folders
  /** Whether we generated it: then nothing may be left to charts or other repositories. */
  own: boolean
  /** Objects of these kinds in all files, whether or not something applies them. */
  objects(kinds: readonly string[]): readonly Placed[]
  build(folder: string): Build
  clusters(): readonly Cluster[]
}

/** `roots`: the folder of each cluster; found by the FluxInstances and Flux's own Kustomization where absent. */
export function readRepository(files: Tree, roots?: readonly string[]): Repository {
  const folders = foldersOf(files)
  const kinds = once(
    () => new Map([...files].filter(([path]) => isYaml(path) && !isKustomizationFile(path)).map(([path, text]) => [path, kindsIn(text)])),
  )
  const builds = new Map<string, Build>()
  const repository: Repository = {
    files,
    folders,
    own: roots !== undefined,
    objects: (wanted) =>
      [...kinds()]
        .filter(([, found]) => found.some((kind) => wanted.includes(kind)))
        .flatMap(([file]) => objectsIn(files.get(file) ?? '').map((found) => ({ ...found, file })))
        .filter(({ object }) => wanted.includes(object.kind)),
    build(folder) {
      const build = builds.get(folder) ?? buildFolder(folder, files, folders)
      builds.set(folder, build)
      return build
    },
    clusters: once(() => (roots ?? findRoots(repository)).map((folder) => readCluster(folder, repository))),
  }
  return repository
}

export const isFluxKustomization = ({ object }: Placed): boolean =>
  groupOf(object) === 'kustomize.toolkit.fluxcd.io' && object.kind === 'Kustomization'

/** The folder in this repository that a Flux Kustomization applies; undefined where its source is another one. */
export function folderOf({ object }: Placed, repository: Repository): string | undefined {
  const { kind, name } = { kind: textAt(object, 'spec.sourceRef.kind'), name: textAt(object, 'spec.sourceRef.name') }
  const path = textAt(object, 'spec.path') ?? ''
  if (path.includes('${') || kind !== 'GitRepository') return undefined
  const elsewhere = name !== 'flux-system' && repository.objects(['GitRepository']).some((source) => source.object.metadata.name === name)
  return elsewhere ? undefined : join('', path)
}

function readCluster(folder: string, repository: Repository): Cluster {
  const applied: Applied[] = [{ name: folder, build: repository.build(folder) }]
  const seen = new Set<string>()
  for (const { build } of applied) {
    for (const by of build.objects.filter(isFluxKustomization)) {
      const name = `${by.object.metadata.namespace ?? 'flux-system'}/${by.object.metadata.name}`
      const path = folderOf(by, repository)
      if (seen.has(name) || path === undefined || path === folder || !exists(path, repository)) continue
      seen.add(name)
      const namespace = textAt(by.object, 'spec.targetNamespace')
      const found = repository.build(path)
      applied.push({
        name,
        by,
        build: namespace === undefined ? found : { ...found, objects: found.objects.map((one) => inNamespace(one, namespace)) },
      })
    }
  }
  return { folder, applied, objects: applied.flatMap(({ build }) => build.objects) }
}

export const exists = (path: string, { folders }: Repository): boolean => path === '' || folders.isFolder(path)

/** FluxInstances and `flux-system` say where a cluster starts; else each folder that holds Flux Kustomizations and that nothing includes. */
function findRoots(repository: Repository): string[] {
  const synced = repository.objects(['FluxInstance']).flatMap(({ object }) => textAt(object, 'spec.sync.path') ?? [])
  const kustomizations = repository
    .objects(['Kustomization'])
    .filter((one) => isFluxKustomization(one) && textAt(one.object, 'spec.sourceRef.name') !== undefined)
  const bootstrapped = kustomizations
    .filter(({ object }) => object.metadata.name === 'flux-system')
    .flatMap(({ object }) => textAt(object, 'spec.path') ?? [])
  const named = unique([...synced, ...bootstrapped].map((path) => join('', path))).filter((path) => exists(path, repository))
  if (named.length > 0) return named

  const applied = kustomizations.flatMap((one) => folderOf(one, repository) ?? []).filter((path) => exists(path, repository))
  const reached = new Set(applied.flatMap((path) => repository.build(path).objects.map(({ file }) => file)))
  return unique(kustomizations.filter(({ file }) => !reached.has(file)).map(({ file }) => outermost(file, repository)))
}

/** The topmost folder whose kustomization leads to that file. */
function outermost(file: string, { folders, files }: Repository): string {
  let top = parentOf(file)
  let reached = file
  for (let above = top; above !== ''; above = parentOf(above)) {
    const kustomization = folders.kustomizationOf(above)
    const resources: unknown =
      kustomization === undefined ? undefined : getIn(parse(files.get(kustomization) ?? '').documents[0], 'resources')
    const leads = (entry: unknown) =>
      typeof entry === 'string' && (reached === join(above, entry) || reached.startsWith(`${join(above, entry)}/`))
    if (Array.isArray(resources) && resources.some(leads)) top = reached = above
  }
  return top
}

const unique = (names: readonly string[]) => [...new Set(names)].toSorted(compareText)
const isYaml = (path: string) => /\.ya?ml$/.test(path)

function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined
  return () => (made ??= { value: make() }).value
}
