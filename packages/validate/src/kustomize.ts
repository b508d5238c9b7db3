import { getIn, isClusterScoped, isMap, mergeDeep, type Tree } from '@openova/core'
import { isKubeObject, type KubeObject, mapsAt, textAt } from './objects.ts'
import { objectsIn, parse } from './parse.ts'
import { join, type Folders } from './folders.ts'

/** An object, and where it stands; `at` is a path in that document. */
export interface Placed {
  object: KubeObject
  file: string
  document: number
}
/** What `kustomize build` of a folder would give, as far as this project's rules need to know. */
export interface Build {
  objects: Placed[]
  /** Files and folders that a kustomization names and that are not there. */
  missing: { file: string; at: string; path: string }[]
  /** It uses something that only kustomize itself can tell (remote bases, charts, name changes): what is absent may still exist. */
  opaque: boolean
}

/** Builds a folder as Flux does: without a kustomization file, all YAML below it. */
export function buildFolder(folder: string, files: Tree, folders: Folders): Build {
  const file = folders.kustomizationOf(folder)
  return file === undefined ? buildPlain(folder, files, folders) : buildKustomization(file, folder, files, folders)
}

function buildPlain(folder: string, files: Tree, folders: Folders): Build {
  const parts = folders.childrenOf(folder).map((path) => {
    if (folders.isFolder(path)) return buildFolder(path, files, folders)
    return { objects: /\.ya?ml$/.test(path) ? read(path, files) : [], missing: [], opaque: false }
  })
  return combine(parts)
}

function buildKustomization(file: string, folder: string, files: Tree, folders: Folders): Build {
  const kustomization = parse(files.get(file) ?? '').documents[0]
  if (!isMap(kustomization)) return { objects: [], missing: [], opaque: true }
  const missing: Build['missing'] = []
  const named = (at: string, path: string): string | undefined => {
    const target = join(folder, path)
    if (files.has(target) || folders.isFolder(target)) return target
    missing.push({ file, at, path })
    return undefined
  }

  const parts = ['resources', 'bases', 'components'].flatMap((key) =>
    strings(kustomization[key]).flatMap((entry, index): Build[] => {
      if (isRemote(entry)) return [{ objects: [], missing: [], opaque: true }]
      const target = named(`${key}[${index}]`, entry)
      if (target === undefined) return []
      return [files.has(target) ? { objects: read(target, files), missing: [], opaque: false } : buildFolder(target, files, folders)]
    }),
  )
  const generated = ['configMapGenerator', 'secretGenerator'].flatMap((key) => generate(kustomization, key, file, named))
  mapsAt(kustomization, 'patches').forEach(({ path }, index) => typeof path === 'string' && named(`patches[${index}].path`, path))
  strings(kustomization.patchesStrategicMerge).forEach(
    (path, index) => !path.includes('\n') && named(`patchesStrategicMerge[${index}]`, path),
  )

  const built = combine(parts)
  const namespace = textAt(kustomization, 'namespace')
  const objects = [...built.objects, ...generated]
    .map((placed) => (namespace === undefined ? placed : inNamespace(placed, namespace)))
    .flatMap((placed) => patch(placed, patchesOf(kustomization, folder, files)))
  return { objects, missing: [...built.missing, ...missing], opaque: built.opaque || opaqueKeys.some((key) => key in kustomization) }
}

const opaqueKeys = [
  'namePrefix',
  'nameSuffix',
  'replacements',
  'transformers',
  'generators',
  'helmCharts',
  'patchesStrategicMerge',
  'patchesJson6902',
  'vars',
]

/** As kustomize does it: a Namespace takes the name, what has no namespace is left alone. */
export function inNamespace(placed: Placed, namespace: string): Placed {
  const { object } = placed
  if (object.kind !== 'Namespace' && isClusterScoped(object.kind, object.apiVersion)) return placed
  return {
    ...placed,
    object: { ...object, metadata: { ...object.metadata, ...(object.kind === 'Namespace' ? { name: namespace } : { namespace }) } },
  }
}

/** ConfigMaps and Secrets that a generator makes; with `behavior: merge` it makes none. */
function generate(
  kustomization: Record<string, unknown>,
  key: string,
  file: string,
  named: (at: string, path: string) => unknown,
): Placed[] {
  return mapsAt(kustomization, key).flatMap((generator, index) => {
    for (const list of ['files', 'envs']) {
      strings(generator[list]).forEach((entry, number) => named(`${key}[${index}].${list}[${number}]`, entry.slice(entry.indexOf('=') + 1)))
    }
    const { name, namespace, behavior } = generator
    if (typeof name !== 'string' || (typeof behavior === 'string' && behavior !== 'create')) return []
    const metadata = { name, ...(typeof namespace === 'string' && { namespace }) }
    return [
      {
        object: { apiVersion: 'v1', kind: key === 'secretGenerator' ? 'Secret' : 'ConfigMap', metadata, generated: true },
        file,
        document: 0,
      },
    ]
  })
}

interface Patch {
  target?: Record<string, unknown>
  content: unknown
}

function patchesOf(kustomization: Record<string, unknown>, folder: string, files: Tree): Patch[] {
  return mapsAt(kustomization, 'patches').flatMap(({ target, patch: inline, path }) => {
    const text = typeof inline === 'string' ? inline : typeof path === 'string' ? files.get(join(folder, path)) : undefined
    return text === undefined ? [] : parse(text).documents.map((content) => ({ ...(isMap(target) && { target }), content }))
  })
}

function patch(placed: Placed, patches: readonly Patch[]): Placed[] {
  let object: unknown = placed.object
  for (const { target, content } of patches) {
    const selector = target ?? (isKubeObject(content) ? { kind: content.kind, name: content.metadata.name } : undefined)
    if (!selector || !selects(selector, placed.object)) continue
    if (Array.isArray(content)) object = content.filter(isMap).reduce(applyOperation, object)
    else if (isMap(content) && content.$patch === 'delete') return []
    else if (isMap(content))
      object = mergeDeep(object, {
        ...content,
        metadata: { ...(isMap(content.metadata) && content.metadata), name: placed.object.metadata.name },
      })
  }
  return isKubeObject(object) ? [{ ...placed, object }] : []
}

function selects(target: Record<string, unknown>, { kind, metadata }: KubeObject): boolean {
  const matches = (key: string, value: string | undefined) =>
    typeof target[key] !== 'string' || new RegExp(`^(?:${target[key]})$`).test(value ?? '')
  return matches('kind', kind) && matches('name', metadata.name) && matches('namespace', metadata.namespace)
}

/** `add`, `replace` and `remove` of a JSON patch, also at the end of a list (`/-`). */
function applyOperation(data: unknown, operation: Record<string, unknown>): unknown {
  const keys = String(operation.path)
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'))
  return edit(data, keys, operation)
}

function edit(data: unknown, [key, ...rest]: string[], operation: Record<string, unknown>): unknown {
  if (key === undefined) return operation.op === 'remove' ? undefined : operation.value
  if (Array.isArray(data)) {
    if (key === '-') return [...data, operation.value]
    const index = Number(key)
    if (rest.length > 0) return data.map((item: unknown, number) => (number === index ? edit(item, rest, operation) : item))
    return data.toSpliced(index, operation.op === 'add' ? 0 : 1, ...(operation.op === 'remove' ? [] : [operation.value]))
  }
  if (!isMap(data)) return data
  const value = edit(getIn(data, key.replaceAll('.', '\\.')), rest, operation)
  if (value !== undefined) return { ...data, [key]: value }
  const { [key]: _, ...others } = data
  return others
}

function combine(parts: readonly Build[]): Build {
  return {
    objects: parts.flatMap(({ objects }) => objects),
    missing: parts.flatMap(({ missing }) => missing),
    opaque: parts.some(({ opaque }) => opaque),
  }
}

const read = (file: string, files: Tree): Placed[] => objectsIn(files.get(file) ?? '').map((found) => ({ ...found, file }))
const isRemote = (entry: string) => /:\/\/|^git@|^github\.com\/|\?ref=/.test(entry)
const strings = (value: unknown): string[] => (Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [])
