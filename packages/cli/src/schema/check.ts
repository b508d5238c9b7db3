import { createHash, hash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { compareText } from '@openova/core'
import { createValidator, engineIdentity, kindOf, objectsOf } from '@openova/kubeconform-wasm'
import { schemaPath } from '@openova/schemas'
import type { CheckObjects, SchemaDocument } from '@openova/validate'
import { readVerdicts, writeVerdicts } from './verdicts.ts'

export interface Places {
  /** Folders with schemas, the first that has one wins. */
  schemas: readonly string[]
  /** A file that may be deleted at any time. */
  verdicts: string
}

/** OpenOva's schemas lie in its own repository; a project, which mostly is the same, may add some. */
export function placesOf(root: string = home): Places {
  return {
    schemas: [join(root, 'schemas', 'extra'), join(home, 'schemas', 'kubernetes')],
    verdicts: join(root, 'node_modules', '.cache', 'openova', 'schema', 'verdicts.json'),
  }
}

/**
 * kubeconform, asked only about what it has not yet found valid. What it said is kept under the hash of the object, of the schemas
 * of its kind and of kubeconform itself, so that a change of either asks again; an object with findings is always asked about.
 * Where all were valid at once, so is the same batch: that is one hash instead of thousands.
 */
export function schemaCheck({ schemas, verdicts }: Places, start = createValidator): CheckObjects {
  return (documents) => {
    const library = openLibrary(schemas)
    const valid = readVerdicts(verdicts)
    const batch = batchKey(documents, library)
    if (batch !== undefined && valid.has(batch)) return []

    const keyOf = hasher(library)
    const keyed = documents.map((document) => ({ document, key: keyOf(document.object) }))
    const unknown = keyed.filter(({ key }) => key === undefined || !valid.has(key))
    const findings = unknown.length === 0 ? [] : start({ loadSchema: library.schemaOf }).validate(unknown.map(({ document }) => document))
    const wrong = new Set(findings.map(({ document }) => nameOf(document)))
    const right = keyed.filter(({ document }) => !wrong.has(nameOf(document))).flatMap(({ key }) => key ?? [])
    const found = [...(findings.length === 0 ? [batch ?? []].flat() : []), ...right]
    if (found.some((key) => !valid.has(key))) writeVerdicts(verdicts, [...new Set([...found, ...valid])])
    return findings
  }
}

/** All that a verdict on these objects depends on; undefined where one of them has no key of its own. */
function batchKey(documents: readonly SchemaDocument[], { textOf }: Library): string | undefined {
  const digest = createHash('sha256').update(engineIdentity())
  const kinds = new Set<string>()
  try {
    for (const { object } of documents) {
      for (const one of objectsOf(object)) kinds.add(kindOf(one.object))
      digest.update(`${textOfObject(object)}\0`)
    }
  } catch {
    return undefined
  }
  for (const kind of [...kinds].toSorted(compareText)) {
    const text = textOf(kind)
    if (text === undefined) return undefined
    digest.update(`${kind}\0${text}\0`)
  }
  return digest.digest('base64url')
}

interface Library {
  textOf: (kind: string) => string | undefined
  schemaOf: (kind: string) => object | undefined
}

/** Each schema is read once, so that a verdict is kept for the very text that it was given by. */
function openLibrary(folders: readonly string[]): Library {
  const texts = new Map<string, string | undefined>()
  const textOf = (kind: string) => {
    if (!texts.has(kind)) texts.set(kind, readSchema(kind, folders))
    return texts.get(kind)
  }
  return {
    textOf,
    schemaOf(kind) {
      const text = textOf(kind)
      return text === undefined ? undefined : parseSchema(text)
    },
  }
}

function readSchema(kind: string, folders: readonly string[]): string | undefined {
  const end = kind.lastIndexOf('/')
  const path = schemaPath(kind.slice(0, end), kind.slice(end + 1))
  if (!/^\w[\w.-]*\/\w[\w.-]*\.json$/.test(path)) return undefined
  return folders.map((folder) => readText(join(folder, path))).find((text) => text !== undefined)
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

/** A file that is no JSON becomes a schema that does not compile, which is a finding about every object of its kind. */
function parseSchema(text: string): object {
  try {
    return JSON.parse(text) as object
  } catch (error) {
    return { type: `not a schema: ${String(error)}` }
  }
}

/** Undefined where the object has no schema, or holds what JSON lacks: two objects could then share a text. */
function hasher({ textOf }: Library): (object: unknown) => string | undefined {
  const engine = engineIdentity()
  const hashes = new Map<string, string | undefined>()
  const schemaHash = (kind: string) => {
    const text = textOf(kind)
    if (!hashes.has(kind)) hashes.set(kind, text && sha256([text]))
    return hashes.get(kind)
  }
  return (object) => {
    try {
      const text = textOfObject(object)
      const parts = objectsOf(object).map((one) => schemaHash(kindOf(one.object)))
      return parts.every((hash) => hash !== undefined) ? sha256([engine, ...parts, text]) : undefined
    } catch {
      return undefined
    }
  }
}

/** JSON says null for what is no number, so where there is a null it is looked at again. */
function textOfObject(object: unknown): string {
  const text = JSON.stringify(object)
  return text.includes('null') && /(?:^|[:,[])null/.test(text) ? JSON.stringify(object, refuseNumbers) : text
}

function refuseNumbers(_key: string, value: unknown): unknown {
  if (typeof value === 'number' && !Number.isFinite(value)) throw new TypeError(String(value))
  return value
}

const sha256 = (parts: readonly string[]): string => hash('sha256', parts.map((part) => `${part}\0`).join(''), 'base64url')

const nameOf = ({ file, index }: Pick<SchemaDocument, 'file' | 'index'>) => `${index} ${file}`
const home = fileURLToPath(new URL('../../../..', import.meta.url))
