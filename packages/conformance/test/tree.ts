import type { DiskTree } from '../src/model.ts'

/** A tree that lies nowhere. */
export function treeOf(files: Record<string, string>): DiskTree {
  return { folder: '/nowhere/clusters', name: 'clusters', files: Object.entries(files).map(([path, text]) => ({ path, text })) }
}
