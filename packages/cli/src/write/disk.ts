import { lstatSync, mkdirSync, readdirSync, readFileSync, renameSync, rmdirSync, unlinkSync, writeFileSync } from 'node:fs'
import type { Dirent, Stats } from 'node:fs'

export type Kind = 'file' | 'folder' | 'link' | 'other'

/** What the command asks of a file system; tests bring one that fails. */
export interface Disk {
  /** Without following a symbolic link; undefined where nothing stands. */
  kind(path: string): Kind | undefined
  /** Names in a folder and what they are; empty where there is no folder. */
  entries(folder: string): { name: string; kind: Kind }[]
  read(path: string): Buffer
  /** A new file; fails where one stands. */
  create(path: string, text: string): void
  rename(from: string, to: string): void
  remove(path: string): void
  /** With its parents. */
  makeFolder(path: string): void
  /** An empty one. */
  removeFolder(path: string): void
}

export const nodeDisk: Disk = {
  kind: (path) => {
    const stats = lstatSync(path, { throwIfNoEntry: false })
    return stats && kindOf(stats)
  },
  entries: (folder) => {
    if (nodeDisk.kind(folder) !== 'folder') return []
    return readdirSync(folder, { withFileTypes: true }).map((entry) => ({ name: entry.name, kind: kindOf(entry) }))
  },
  read: (path) => readFileSync(path),
  create: (path, text) => writeFileSync(path, text, { flag: 'wx' }),
  rename: (from, to) => renameSync(from, to),
  remove: (path) => unlinkSync(path),
  makeFolder: (path) => void mkdirSync(path, { recursive: true }),
  removeFolder: (path) => rmdirSync(path),
}

function kindOf(entry: Dirent | Stats): Kind {
  if (entry.isSymbolicLink()) return 'link'
  if (entry.isDirectory()) return 'folder'
  return entry.isFile() ? 'file' : 'other'
}

/** The disk refused, as opposed to a bug. */
export const isSystemError = (error: unknown): error is NodeJS.ErrnoException =>
  error instanceof Error && 'code' in error && 'syscall' in error
