import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

/** Enough for the platforms of a large team; beyond it, what was used longest ago goes. */
const limit = 20_000

/** The hashes of what was found valid. A file that is absent, cut off or something else is as good as an empty one. */
export function readVerdicts(path: string): Set<string> {
  try {
    const hashes: unknown = JSON.parse(readFileSync(path, 'utf8'))
    return new Set(Array.isArray(hashes) ? hashes.filter((hash) => typeof hash === 'string') : [])
  } catch {
    return new Set()
  }
}

/** In one step, so that nobody reads half a file. Without a place to write to, the next run asks again. */
export function writeVerdicts(path: string, hashes: readonly string[]): void {
  const draft = `${path}.${process.pid}`
  attempt(() => {
    mkdirSync(dirname(path), { recursive: true })
    try {
      writeFileSync(draft, JSON.stringify(hashes.slice(0, limit)))
      renameSync(draft, path)
    } catch (error) {
      attempt(() => rmSync(draft, { force: true }))
      throw error
    }
  })
}

function attempt(work: () => void): void {
  try {
    work()
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error // of the disk, none matters
  }
}
