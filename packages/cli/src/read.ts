import { isUtf8 } from 'node:buffer'
import { join } from 'node:path'
import { compareText } from '@openova/core'
import type { Finding, Tree } from '@openova/core'
import type { Disk } from './write/disk.ts'

/** The text of the platform spec, or why there is none. */
export function readPlatform({ path, name }: { path: string; name: string }, disk: Disk): { text?: string; findings: Finding[] } {
  try {
    const content = disk.read(path)
    if (isUtf8(content)) return { text: content.toString(), findings: [] }
    return { findings: [unreadable(name, 'Unexpected bytes, expected text in UTF-8', 'save the file as UTF-8')] }
  } catch (error) {
    return { findings: [unreadable(name, ...explainError(error))] }
  }
}

/** Every YAML file below a folder, by its path from there; links are not followed. */
export function readRepository(root: string, disk: Disk): Tree {
  return new Map(walk(''))

  function walk(folder: string): [path: string, text: string][] {
    const entries = disk.entries(join(root, folder)).toSorted((a, b) => compareText(a.name, b.name))
    return entries.flatMap(({ name, kind }) => {
      const path = folder === '' ? name : `${folder}/${name}`
      if (kind === 'folder') return name === '.git' || name === 'node_modules' ? [] : walk(path)
      return kind === 'file' && /\.ya?ml$/.test(name) ? [[path, disk.read(join(root, path)).toString()]] : []
    })
  }
}

function explainError(error: unknown): [message: string, fix: string] {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return ['Unexpected absence, expected a platform spec', 'write one with `openova init`, or name another with `--platform`']
    case 'EISDIR':
      return [
        'Unexpected folder, expected a file with a platform spec',
        'name the file with `--platform`, such as `--platform clusters/platform.yaml`',
      ]
    case 'EACCES':
    case 'EPERM':
      return ['Unexpected permissions, expected a file that can be read', 'make it readable']
    default:
      throw error
  }
}

function unreadable(file: string, message: string, fix: string): Finding {
  return { code: 'unreadable-platform', severity: 'error', file, at: '', line: 1, column: 1, message, fix }
}
