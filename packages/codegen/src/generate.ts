import { platformSchema, type Catalog, type Component, type ComponentName, type Product, type ProductName } from '@openova/core'
import { catalogModule } from './catalog.ts'
import type { Folders, UnitFolder } from './disk.ts'
import { kindModules, kindsIn } from './kinds.ts'
import { lintSchema } from './lint.ts'
import { valuesModule } from './types.ts'

export interface Step {
  /** Path relative to the root -> text; undefined where the file must not exist. */
  files: Map<string, string | undefined>
  problems: string[]
  /** Kinds whose bodies no type checks, since they have no schema. */
  open?: string[]
}

/** First the types of what they render and what the definitions import, then what is made of the definitions. */
export async function* generate({ units, published, sources, kindModules: typed, schemaOf }: Folders): AsyncGenerator<Step> {
  const { files: types, open } = kindModules(kindsIn(sources), schemaOf)
  const unused = typed.filter((path) => !types.has(path))
  yield { files: new Map([...unused.map((path) => [path, undefined] as const), ...types]), problems: [], open }

  const read = units.map((unit) => ({ unit, ...readSchema(unit) }))
  const orphans = published.filter((path) => !units.some(({ name }) => path === publishedPath(name)))
  yield {
    files: new Map([
      ...orphans.map((path) => [path, undefined] as const),
      ...(await Promise.all(read.map(async ({ unit, schema }) => (schema ? await unitFiles(unit, schema) : [])))).flat(),
    ]),
    problems: read.flatMap(({ problems }) => problems),
  }

  const ready = units.filter(({ load }) => load)
  const names = (parent: string) => ready.filter(({ path }) => path.startsWith(`${parent}/`)).map(({ name }) => name)
  yield {
    files: new Map([['packages/catalog/src/index.ts', catalogModule(names('components'), names('products'))]]),
    problems: [],
  }

  const { catalog, problems } = await loadCatalog(ready)
  yield { files: new Map(catalog && [['schemas/platform.schema.json', print(platformSchema(catalog))]]), problems }
}

function readSchema({ path, schema: text }: UnitFolder): { schema?: object; problems: string[] } {
  const file = `${path}/values.schema.json`
  try {
    const schema: unknown = JSON.parse(text)
    const problems = lintSchema(schema, file)
    return problems.length === 0 ? { schema: schema as object, problems } : { problems }
  } catch (error) {
    return { problems: [`${file}: not JSON: ${error instanceof Error ? error.message : String(error)}`] }
  }
}

async function unitFiles({ name, path }: UnitFolder, schema: object): Promise<[path: string, text: string][]> {
  const published = {
    $schema: 'http://json-schema.org/draft-07/schema#',
    $id: `https://openova.io/schemas/values/${name}.schema.json`,
    title: `Values of ${name}`,
    ...schema,
  }
  return [
    [`${path}/src/values.ts`, await valuesModule(name, schema)],
    [publishedPath(name), print(published)],
  ]
}

async function loadCatalog(units: readonly UnitFolder[]): Promise<{ catalog?: Catalog; problems: string[] }> {
  const loaded = await Promise.all(
    units.map(async ({ name, path, load }) => {
      try {
        return { path, name, definition: (await load?.()) as Component }
      } catch (error) {
        return { path, name, problem: `${path}/src/index.ts cannot be loaded: ${error instanceof Error ? error.message : String(error)}` }
      }
    }),
  )
  const problems = loaded.flatMap(({ path, name, definition, problem }) => {
    if (problem !== undefined) return [problem]
    return definition?.name === name ? [] : [`${path}/src/index.ts: expected a default export with the name \`${name}\``]
  })
  if (problems.length > 0) return { problems }
  const of = (parent: string) =>
    loaded.filter(({ path }) => path.startsWith(`${parent}/`)).map(({ name, definition }) => [name, definition] as const)
  return {
    catalog: {
      components: new Map(of('components') as [ComponentName, Component][]),
      products: new Map(of('products') as [ProductName, Product][]),
    },
    problems,
  }
}

const publishedPath = (name: string): string => `schemas/values/${name}.schema.json`
const print = (schema: object): string => `${JSON.stringify(schema, null, 2)}\n`
