import { isMap } from '@openova/core'
import type { Finding } from '@openova/core'
import { crdToSchemas, printSchema, schemaPath } from '@openova/schemas'
import type { KindSchema } from '@openova/schemas'
import { isNode, LineCounter, parseAllDocuments } from 'yaml'
import type { Document } from 'yaml'

/** The schema of one kind in one version, and the definition that it comes from. */
export interface AddedSchema {
  apiVersion: string
  kind: string
  /** Below `schemas/extra`. */
  path: string
  text: string
  /** Where the definition starts. */
  from: { file: string; line: number }
}
export interface ReadCrds {
  schemas: AddedSchema[]
  findings: Finding[]
}
type Mistake = Pick<Finding, 'at' | 'message' | 'fix'>

interface Item {
  object: unknown
  at: string
  offset: number
}

/** Every CustomResourceDefinition of a file, which may have many documents and lists; anything else in it is a mistake. */
export function readCrds(text: string, file: string): ReadCrds {
  const lines = new LineCounter()
  const documents = parseAllDocuments(text, { lineCounter: lines, merge: true, prettyErrors: false })
  const read: ReadCrds = { schemas: [], findings: [] }
  for (const document of documents) readDocument(document)
  if (read.schemas.length + read.findings.length === 0) report(0, { at: '', message: `Unexpected empty file, ${expected}`, fix: nameAnother })
  return read

  function readDocument(document: Document) {
    const [error] = document.errors
    if (error) return report(error.pos[0], unreadable(error))
    try {
      return itemsOf(document).forEach(readItem)
    } catch (error) {
      if (!(error instanceof ReferenceError)) throw error
      return report(document.range?.[0] ?? 0, unreadable(error)) // an alias that leads nowhere, or to far too much
    }
  }

  function readItem({ object, at, offset }: Item) {
    const schemas = convert(object)
    if ('message' in schemas) report(offset, { ...schemas, at: [at, schemas.at].filter(Boolean).join('.') })
    else read.schemas.push(...schemas.map((schema) => addedSchema(schema, { file, line: lines.linePos(offset).line })))
  }

  function report(offset: number, mistake: Mistake) {
    const { line, col } = lines.linePos(offset)
    read.findings.push({ code: 'not-a-crd', severity: 'error', file, line: Math.max(line, 1), column: Math.max(col, 1), ...mistake })
  }
}

const expected = 'expected a CustomResourceDefinition'
const nameAnother = 'name a file with definitions only, such as what `kubectl get crd <name> -o yaml` prints'

const unreadable = ({ message }: Error): Mistake => ({ at: '', message: `Unexpected text, expected YAML: ${message}`, fix: 'correct the file' })

/** The object of a document, or those of a list; none of an empty one. */
function itemsOf(document: Document): Item[] {
  const object: unknown = document.toJS()
  const offsetOf = (path: readonly (string | number)[]) => {
    const node = document.getIn(path, true)
    return (isNode(node) && node.range?.[0]) || 0
  }
  if (object === null || object === undefined) return []
  if (isMap(object) && String(object.kind).endsWith('List') && Array.isArray(object.items))
    return object.items.map((item: unknown, index) => ({ object: item, at: `items[${index}]`, offset: offsetOf(['items', index]) }))
  return [{ object, at: '', offset: offsetOf([]) }]
}

function convert(object: unknown): KindSchema[] | Mistake {
  const mistake = findMistake(object)
  if (mistake) return mistake
  try {
    const schemas = crdToSchemas(object)
    return schemas.length > 0
      ? schemas
      : { at: 'spec.versions', message: 'Unexpected versions, expected one that is served', fix: 'serve a version, or leave the definition out' }
  } catch {
    const fix = 'correct the schema; `kubectl apply --dry-run=server` says what is wrong with it'
    return { at: 'spec.versions', message: 'Unexpected schema, expected OpenAPI v3 as in a CustomResourceDefinition', fix }
  }
}

/** What the conversion relies on: the names become a path, so they must be what Kubernetes allows. */
function findMistake(object: unknown): Mistake | undefined {
  const { apiVersion, kind, spec } = isMap(object) ? object : {}
  if (kind !== 'CustomResourceDefinition')
    return { at: 'kind', message: `Unexpected ${kind === undefined ? 'document without a kind' : `kind ${say(kind)}`}, ${expected}`, fix: nameAnother }
  if (apiVersion !== 'apiextensions.k8s.io/v1')
    return {
      at: 'apiVersion',
      message: `Unexpected ${say(apiVersion)}, expected \`apiextensions.k8s.io/v1\``,
      fix: 'take the definition of a newer release, or convert it',
    }

  const { group, names, versions } = isMap(spec) ? spec : {}
  const named = isMap(names) ? names.kind : undefined
  if (!matches(group, /^(?=.{1,253}$)[a-z\d]([-a-z\d]*[a-z\d])?(\.[a-z\d]([-a-z\d]*[a-z\d])?)+$/))
    return { at: 'spec.group', message: `Unexpected ${say(group)}, expected a domain such as \`example.org\``, fix: 'correct the group' }
  if (!matches(named, /^[A-Z][A-Za-z\d]{0,62}$/))
    return { at: 'spec.names.kind', message: `Unexpected ${say(named)}, expected a name such as \`Widget\``, fix: 'correct the kind' }
  if (!Array.isArray(versions))
    return { at: 'spec.versions', message: `Unexpected ${say(versions)}, expected a list of versions`, fix: 'list the versions' }
  const wrong = versions.findIndex((version: unknown) => !isMap(version) || !matches(version.name, /^[a-z]([-a-z\d]{0,61}[a-z\d])?$/))
  if (wrong === -1) return undefined
  const at = `spec.versions[${wrong}].name`
  return { at, message: 'Unexpected version, expected a name such as `v1beta1`', fix: 'correct the name of the version' }
}

function addedSchema({ gvk: { group, version, kind }, schema }: KindSchema, from: AddedSchema['from']): AddedSchema {
  const apiVersion = `${group}/${version}`
  return { apiVersion, kind, path: schemaPath(apiVersion, kind), text: printSchema(schema), from }
}

const matches = (value: unknown, pattern: RegExp) => typeof value === 'string' && pattern.test(value)
const say = (value: unknown) => (value === undefined ? 'absence' : `\`${typeof value === 'string' ? value : JSON.stringify(value)}\``)
