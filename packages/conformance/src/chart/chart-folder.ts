import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { getText } from '../json.ts'
import { readDocuments } from '../tree.ts'

export interface RealChart {
  /** Absolute, of a packed chart or of a folder with a Chart.yaml. */
  path: string
  version?: string
}

/** Real charts, templates and all. */
export interface ChartFolder {
  find(name: string, version: string | undefined): RealChart | undefined
}

/** Charts as `<name>-<version>.tgz` or, of whatever version, `<name>/Chart.yaml`. */
export function openChartFolder(folder: string): ChartFolder {
  return {
    find: (name, version = '') => {
      const bare = version.replace(/^v/, '')
      const packed = [bare, `v${bare}`].map((each) => resolve(folder, `${name}-${each}.tgz`)).find((path) => existsSync(path))
      if (packed !== undefined) return { path: packed, version }

      const file = join(folder, name, 'Chart.yaml')
      if (!existsSync(file)) return undefined
      return { path: resolve(folder, name), version: getText(readDocuments(readFileSync(file, 'utf8'))[0], 'version') }
    },
  }
}
