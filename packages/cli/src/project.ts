import { existsSync, realpathSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { UsageError } from './command.ts'
import type { Output } from './write/read.ts'

export interface Project {
  /** The folder with pnpm-workspace.yaml. */
  root: string
  /** The platform spec: where it is, and its name in findings. */
  platform: { path: string; name: string }
  output: Output
}

/** What is named in a call is relative to where it was called; the defaults are relative to the project. */
export function findProject(folder: string, { platform, out }: { platform?: string; out?: string } = {}): Project {
  const root = findRoot(folder)
  const path = platform === undefined ? join(root, 'clusters', 'platform.yaml') : resolve(folder, platform)
  const output = out === undefined ? join(root, 'clusters') : resolve(folder, out)
  return {
    root,
    platform: { path, name: nameIn(root, path) },
    output: { folder: followLinks(output), name: nameIn(root, output) },
  }
}

/** Where a path that a person named leads to. */
export const followLinks = (path: string): string => (existsSync(path) ? realpathSync(path) : path)

function findRoot(folder: string): string {
  const root = rootAbove(folder)
  if (root === undefined) throw new UsageError(`no pnpm-workspace.yaml in ${folder} or above; run it inside an OpenOva project`)
  return root
}

/** The project that a folder lies in, if it does. */
export function rootAbove(folder: string): string | undefined {
  for (let at = resolve(folder); ; at = dirname(at)) {
    if (existsSync(join(at, 'pnpm-workspace.yaml'))) return at
    if (at === dirname(at)) return undefined
  }
}

/** Relative to the project, with `/`; absolute for what lies outside. */
function nameIn(root: string, path: string): string {
  const name = relative(root, path)
  return (name.startsWith('..') ? path : name).replaceAll(sep, '/')
}
