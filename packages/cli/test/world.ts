import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { painter } from '@openova/report'
import type { World } from '../src/index.ts'
import { main } from '../src/index.ts'
import { nodeDisk } from '../src/write/disk.ts'
import { catalog } from './fixtures.ts'

/** A project in a temporary folder, and the program called in it. */
export class Project {
  readonly folder = mkdtempSync(join(tmpdir(), 'openova-cli-'))

  constructor(platform?: string | Buffer) {
    this.write('pnpm-workspace.yaml', '')
    if (platform !== undefined) this.write('clusters/platform.yaml', platform)
  }

  async run(line: string, over: Partial<World> = {}): Promise<{ code: number; out: string; err: string }> {
    let out = ''
    let err = ''
    const world: World = {
      folder: this.folder,
      disk: nodeDisk,
      print: (text) => void (out += text),
      complain: (text) => void (err += text),
      paint: painter(false),
      now: () => 10,
      loadCatalog: () => Promise.resolve(catalog),
      schemaCheck: () => Promise.resolve(() => []),
      ...over,
    }
    const code = await main(line === '' ? [] : line.split(' '), world)
    return { code, out, err }
  }

  write(path: string, text: string | Buffer) {
    mkdirSync(dirname(this.at(path)), { recursive: true })
    writeFileSync(this.at(path), text)
  }

  read(path: string): string {
    return readFileSync(this.at(path), 'utf8')
  }

  at(path: string): string {
    return join(this.folder, path)
  }

  /** Every file below clusters/, with the time of its last change. */
  files(): Record<string, number> {
    const entries = readdirSync(this.at('clusters'), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
    return Object.fromEntries(
      entries
        .map((entry) => join(entry.parentPath, entry.name))
        .map((path) => [path.slice(this.folder.length + 1), statSync(path).mtimeMs]),
    )
  }

  remove() {
    rmSync(this.folder, { recursive: true, force: true })
  }
}
