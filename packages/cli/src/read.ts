import { isUtf8 } from 'node:buffer'
import { join } from 'node:path'
import { compareText } from '@openova/core'
import type { Finding, Tree } from '@openova/core'
import { isSystemError } from './write/disk.ts'
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

/** Every YAML file below a folder, by its path from there, and what cannot be read; links are not followed. */
export function readRepository(root: string, disk: Disk): { tree: Tree; findings: Finding[] } {
  const tree = new Map<string, string>()
  const findings: Finding[] = []
  walk('')
  return { tree, findings }

  function walk(folder: string) {
    const entries = attempt(folder, () => disk.entries(join(root, folder))) ?? []
    for (const { name, kind } of entries.toSorted((a, b) => compareText(a.name, b.name))) {
      const path = folder === '' ? name : `${folder}/${name}`
      if (kind === 'folder' && name !== '.git' && name !== 'node_modules') walk(path)
      if (kind === 'file' && /\.ya?ml$/.test(name)) readFile(path)
    }
  }

  function readFile(path: string) {
    const content = attempt(path, () => disk.read(join(root, path)))
    if (content && isUtf8(content)) tree.set(path, content.toString())
    else if (content) findings.push({ ...notUtf8(content), file: path })
  }

  function attempt<T>(path: string, read: () => T): T | undefined {
    try {
      return read()
    } catch (error) {
      if (!isSystemError(error)) throw error
      findings.push({ ...unreadableFile, file: path, message: `Unexpected ${error.code}, expected what can be read` })
      return undefined
    }
  }
}

const unreadableFile = {
  code: 'unreadable-file',
  severity: 'error',
  at: '',
  fix: 'make it readable, or move it out of the folder',
} as const

/** The first character that is none says where. */
export function notUtf8(content: Buffer): Omit<Finding, 'file'> {
  const before = content.toString().split('\uFFFD', 1).join('').split('\n')
  return {
    ...unreadableFile,
    line: before.length,
    column: (before.at(-1)?.length ?? 0) + 1,
    message: 'Unexpected bytes, expected text in UTF-8',
    fix: 'save the file as UTF-8',
  }
}

function explainError(error: unknown): [message: string, fix: string] {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return ['Unexpected absence, expected a platform spec', 'write one with `pnpm openova init`, or name another with `--platform`']
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
