import { dirname } from 'node:path'
import type { Disk } from './disk.ts'
import { temporarySuffix } from './snapshot.ts'

/** One file, whole or not at all; what an interrupted run left of it gives way. */
export function replaceFile(disk: Disk, path: string, text: string): void {
  const temporary = path + temporarySuffix
  disk.makeFolder(dirname(path))
  if (disk.kind(temporary) !== undefined) disk.remove(temporary)
  disk.create(temporary, text)
  disk.rename(temporary, path)
}
