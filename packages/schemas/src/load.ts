import type { Schema } from './schema.ts'

/** Where the schema of a kind lies below `schemas/kubernetes` and `schemas/extra`. */
export function schemaPath(apiVersion: string, kind: string): string {
  const [group, version] = apiVersion.includes('/') ? apiVersion.split('/') : ['core', apiVersion]
  return `${group}/${kind.toLowerCase()}_${version}.json`
}

/**
 * Finds the schema of a kind. `read` gets a path below `schemas/` and gives the text of the file, or undefined if there is none.
 * What a user added wins over what OpenOva brings, since the user knows which version runs.
 */
export function loadSchemas(read: (path: string) => string | undefined): (apiVersion: string, kind: string) => Schema | undefined {
  const loaded = new Map<string, Schema | undefined>()

  return (apiVersion, kind) => {
    const path = schemaPath(apiVersion, kind)
    if (!loaded.has(path)) {
      const text = read(`extra/${path}`) ?? read(`kubernetes/${path}`)
      loaded.set(path, text === undefined ? undefined : (JSON.parse(text) as Schema))
    }
    return loaded.get(path)
  }
}
