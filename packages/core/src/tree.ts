import type { Tree } from './model.ts'

/** A path belongs to one writer; a second claim is a bug, not an override. */
export function growTree(files: Iterable<readonly [path: string, text: string]>): Tree {
  const tree = new Map<string, string>()
  for (const [path, text] of files) {
    if (tree.has(path)) throw new Error(`Two writers claim ${path}`)
    tree.set(path, text)
  }
  return tree
}
