import { readdirSync, readFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { parseAllDocuments } from 'yaml'
import { getText, isObject } from './json.ts'
import type { DiskTree, TreeFile, TreeObject } from './model.ts'

/** Reads every YAML file below the subfolders of `folder`. */
export function readTree(folder: string): DiskTree {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.ya?ml$/.test(entry.name) && resolve(entry.parentPath) !== resolve(folder))
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted()

  return {
    folder: resolve(folder),
    name: basename(resolve(folder)),
    files: files.map((file) => ({
      path: file.slice(join(folder, '/').length).replaceAll('\\', '/'),
      text: readFileSync(file, 'utf8'),
    })),
  }
}

/** The Kubernetes objects of a tree: neither kustomize's own files, nor helm values, nor patches. */
export function findObjects(tree: DiskTree): TreeObject[] {
  const patches = findPatches(tree)
  return tree.files
    .filter((file) => !isKustomizationFile(file.path) && !isValuesFile(file.path) && !patches.has(file.path))
    .flatMap((file) => documentsOf(file).flatMap((body) => toObject(file, body)))
}

export function isKustomizationFile(path: string): boolean {
  return basename(path) === 'kustomization.yaml'
}

export function isValuesFile(path: string): boolean {
  return /^(values|region)-.*\.yaml$/.test(basename(path))
}

/** The documents of a file, read once however many checks ask. */
export function documentsOf(file: TreeFile): unknown[] {
  const known = documents.get(file)
  if (known !== undefined) return known
  const read = readDocuments(file.text)
  documents.set(file, read)
  return read
}

const documents = new WeakMap<TreeFile, unknown[]>()

/** The documents of a text; one that cannot be read is left to `builds`, which reports it. */
export function readDocuments(text: string): unknown[] {
  try {
    return parseAllDocuments(text, { logLevel: 'error' }).map((document) => document.toJS({ maxAliasCount: 100 }) as unknown)
  } catch {
    return []
  }
}

function toObject(file: TreeFile, body: unknown): TreeObject[] {
  const apiVersion = getText(body, 'apiVersion')
  const kind = getText(body, 'kind')
  if (!isObject(body) || apiVersion === undefined || kind === undefined) return []
  return [{ file, apiVersion, kind, name: getText(body, 'metadata', 'name') ?? '', body }]
}

/** A patch has a kind but only a part of the object. */
function findPatches(tree: DiskTree): Set<string> {
  const patches = new Set<string>()
  for (const file of tree.files.filter(({ path }) => isKustomizationFile(path))) {
    for (const document of documentsOf(file)) {
      if (!isObject(document) || !Array.isArray(document.patches)) continue
      for (const patch of document.patches) {
        const path = getText(patch, 'path')
        if (path !== undefined) patches.add(join(file.path, '..', path).replaceAll('\\', '/'))
      }
    }
  }
  return patches
}
