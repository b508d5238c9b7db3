import { compareText, type Tree } from '@openova/core'

/** The folders of a tree, which itself knows only files. */
export interface Folders {
  isFolder(path: string): boolean
  /** Files and folders directly in it, sorted. */
  childrenOf(folder: string): readonly string[]
  /** Its kustomization file, where it has one. */
  kustomizationOf(folder: string): string | undefined
}

export function foldersOf(files: Tree): Folders {
  const children = new Map<string, Set<string>>([['', new Set()]])
  for (const file of files.keys()) {
    for (let path = file; path !== ''; path = parentOf(path)) {
      const parent = parentOf(path)
      const siblings = children.get(parent) ?? new Set()
      children.set(parent, siblings)
      if (siblings.has(path)) break
      siblings.add(path)
    }
  }
  return {
    isFolder: (path) => children.has(path),
    childrenOf: (folder) => [...(children.get(folder) ?? [])].toSorted(compareText),
    kustomizationOf: (folder) => kustomizationNames.map((name) => join(folder, name)).find((path) => files.has(path)),
  }
}

export const parentOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')))

/** A path relative to a folder, without `.` and `..`. */
export function join(folder: string, path: string): string {
  const parts: string[] = path.startsWith('/') ? [] : folder.split('/').filter((part) => part !== '')
  for (const part of path.split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '.' && part !== '') parts.push(part)
  }
  return parts.join('/')
}

export const isKustomizationFile = (path: string): boolean => kustomizationNames.includes(path.slice(path.lastIndexOf('/') + 1))

/** Below a chart, files are text until Helm has filled them in. */
export function isTemplate(file: string, files: Tree): boolean {
  for (let folder = parentOf(file); folder !== ''; folder = parentOf(folder)) if (files.has(`${folder}/Chart.yaml`)) return true
  return false
}

const kustomizationNames = ['kustomization.yaml', 'kustomization.yml', 'Kustomization']
