import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** The folder that this clone lies in. */
export const root = dirname(import.meta.dirname)

export interface Package {
  /** `components/cilium` */
  path: string
  /** `cilium` */
  folder: string
}

export const isUnit = ({ path }: Package): boolean => !path.startsWith('packages/')

/** Every package of the workspace, in the order of its path. */
export function listPackages(): Package[] {
  return ['components', 'packages', 'products'].flatMap((group) =>
    list(group)
      .map((folder) => ({ path: `${group}/${folder}`, folder }))
      .filter(({ path }) => existsSync(join(root, path, 'package.json'))),
  )
}

/** The text of a file of the workspace; undefined where there is none. */
export function read(path: string): string | undefined {
  return existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8') : undefined
}

function list(group: string): string[] {
  return existsSync(join(root, group)) ? readdirSync(join(root, group)).toSorted() : []
}
