import { createHash } from 'node:crypto'
import { parseAllDocuments } from 'yaml'
import { crdToSchemas, type KindSchema, printSchema } from '../../packages/schemas/src/index.ts'
import { checksumOf, generateCrds, type GeneratorOptions, type GoModule, runProgram } from './go.ts'

/** Where schemas come from, and how to get them. */
export interface Source {
  name: string
  /** The package, as its own ecosystem names it. */
  package: string
  version: string
  /** SPDX identifier. */
  licence: string
  checksum(): string
  schemas(): KindSchema[]
}

interface GoSource extends GoModule {
  name: string
  licence: string
  /** Kinds that nobody writes: those that controllers keep for themselves. */
  skip?: RegExp
  edit?: (crd: unknown) => unknown
}

/** CRDs generated from the Go types in `packages`, which are relative to the module. */
export function generated(source: GoSource & GeneratorOptions & { packages: readonly string[] }): Source {
  const packages = source.packages.map((path) => `${source.module}/${path}`)
  return goSource(source, () => generateCrds(source, packages, source))
}

/** CRDs that the module carries and the program `go/<name>` prints. */
export function embedded(source: GoSource): Source {
  return goSource(source, () => runProgram(source, source.name))
}

/** Schemas written here, where there is no package to derive them from. `version` is the one whose manual they follow. */
export function written(name: string, version: string, schemas: () => KindSchema[]): Source {
  const checksum = () => {
    const text = schemas().map(({ schema }) => printSchema(schema))
    return `sha256:${createHash('sha256').update(text.join('')).digest('hex')}`
  }
  return { name, package: `scripts/sync-schemas/hand/${name}.ts`, version, licence: 'Apache-2.0', checksum, schemas }
}

export function readCrds(text: string, edit = (crd: unknown): unknown => crd): KindSchema[] {
  return parseAllDocuments(text)
    .map((document) => document.toJS({ maxAliasCount: -1 }) as unknown)
    .flatMap((crd) => (crd === null || crd === undefined ? [] : crdToSchemas(edit(crd))))
}

function goSource(source: GoSource, print: () => string): Source {
  return {
    name: source.name,
    package: source.module,
    version: source.version,
    licence: source.licence,
    checksum: () => checksumOf(source),
    schemas: () => readCrds(print(), source.edit).filter(({ gvk }) => !source.skip?.test(`${gvk.group}/${gvk.kind}`)),
  }
}
