import { existsSync, globSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { compareText } from '@openova/core'
import { loadSchemas } from '@openova/schemas'
import { type FindSchema, kindsFolder } from './kinds.ts'

/** A folder of components/ or products/ that has a schema of its values. */
export interface UnitFolder {
  name: string
  /** `components/harbor`, relative to the root. */
  path: string
  /** Text of values.schema.json. */
  schema: string
  /** Imports src/index.ts, which may be absent while somebody still writes it. */
  load?: () => Promise<unknown>
}

export interface Folders {
  units: UnitFolder[]
  /** Published schemas of values as they are, `schemas/values/harbor.schema.json`. */
  published: string[]
  /** Texts of the sources that render resources. */
  sources: string[]
  /** Generated types of kinds as they are, `packages/core/src/kinds/apps-deployment-v1.gen.ts`. */
  kindModules: string[]
  schemaOf: FindSchema
}

export function readFolders(root: string): Folders {
  const all = ['components', 'products'].flatMap((parent) =>
    folders(join(root, parent)).map((name) => ({ name, path: `${parent}/${name}` })),
  )
  const units = all.flatMap(({ name, path }): UnitFolder[] => {
    const schema = join(root, path, 'values.schema.json')
    if (!existsSync(schema)) return []
    const definition = join(root, path, 'src/index.ts')
    const load = existsSync(definition) && { load: async () => ((await import(definition)) as { default: unknown }).default }
    return [{ name, path, schema: readFileSync(schema, 'utf8'), ...load }]
  })
  return {
    units,
    published: listFiles(root, 'schemas/values'),
    sources: globSync(rendering, { cwd: root }).map((path) => readFileSync(join(root, path), 'utf8')),
    kindModules: listFiles(root, kindsFolder),
    schemaOf: loadSchemas((path) => readText(join(root, 'schemas', path))),
  }
}

/** Writes what differs and returns its paths; text `undefined` means that the file must not exist. */
export function writeStale(root: string, files: ReadonlyMap<string, string | undefined>, { dryRun }: { dryRun: boolean }): string[] {
  const stale = [...files].filter(([path, text]) => readText(join(root, path)) !== text)
  for (const [path, text] of dryRun ? [] : stale) {
    const target = join(root, path)
    if (text === undefined) rmSync(target)
    else {
      mkdirSync(dirname(target), { recursive: true })
      writeFileSync(`${target}.tmp`, text)
      renameSync(`${target}.tmp`, target)
    }
  }
  return stale.map(([path]) => path)
}

const rendering = ['{components,products}/*/src/**/*.ts', 'packages/core/src/**/!(*.gen).ts']

const listFiles = (root: string, folder: string): string[] =>
  existsSync(join(root, folder)) ? readdirSync(join(root, folder)).map((name) => `${folder}/${name}`) : []

const folders = (path: string): string[] =>
  existsSync(path)
    ? readdirSync(path, { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map(({ name }) => name)
        .toSorted(compareText)
    : []

const readText = (path: string): string | undefined => (existsSync(path) ? readFileSync(path, 'utf8') : undefined)
