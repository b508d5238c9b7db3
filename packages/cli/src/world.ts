import { sep } from 'node:path'
import { isatty } from 'node:tty'
import type { Catalog } from '@openova/core'
import { painter } from '@openova/report'
import type { Paint } from '@openova/report'
import type { CheckObjects } from '@openova/validate'
import { nodeDisk } from './write/disk.ts'
import type { Disk } from './write/disk.ts'

/** Everything outside that a command may touch; tests bring their own. */
export interface World {
  /** Where the command was called. */
  folder: string
  disk: Disk
  /** What was asked for: data, tables, findings. */
  print: (text: string) => void
  /** What goes wrong, and progress. */
  complain: (text: string) => void
  paint: Paint
  /** Milliseconds since the process began. */
  now: () => number
  loadCatalog: () => Promise<Catalog>
  /** Judges objects by their schemas, those that the project at that root added before those of OpenOva. */
  schemaCheck: (root?: string) => Promise<CheckObjects>
}

export function nodeWorld(): World {
  return {
    folder: callersFolder(process.cwd(), process.env.INIT_CWD),
    disk: nodeDisk,
    print: (text) => void process.stdout.write(text),
    complain: (text) => void process.stderr.write(text),
    paint: painter(hasColours()),
    now: () => performance.now(),
    loadCatalog: async () => (await import('@openova/catalog')).catalog,
    schemaCheck: async (root) => {
      const { placesOf, schemaCheck } = await import('./schema/check.ts')
      return schemaCheck(placesOf(root))
    },
  }
}

/** pnpm runs a script where its package.json is, and says where it was called. */
export function callersFolder(here: string, called: string | undefined): string {
  return called?.startsWith(here + sep) ? called : here
}

/** NO_COLOR and FORCE_COLOR as usual, where either is set to anything. */
function hasColours(): boolean {
  if (process.env.NO_COLOR) return false
  if (process.env.FORCE_COLOR) return process.env.FORCE_COLOR !== '0'
  return isatty(1) && process.env.TERM !== 'dumb'
}
