import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { compareText } from '../../packages/core/src/index.ts'
import { type KindSchema, type Schema, schemaPath } from '../../packages/schemas/src/index.ts'
import { readCrds } from './source.ts'

/** `node scripts/sync-schemas/compare.ts <folder>`: the CRDs below a folder against our schemas, every difference that nobody explained. */
const [folder] = process.argv.slice(2)
if (folder === undefined) throw new Error('Expected the folder that holds the CRDs')

/** A difference that is all right, and why; `at` is a regular expression for its path, `is` the sort, either may be left out. */
interface Explained {
  kind: string
  at?: string
  is?: string
  why: string
}

const ours = join(import.meta.dirname, '../../schemas/kubernetes')
const explained = parse(readFileSync(join(import.meta.dirname, 'explained.yaml'), 'utf8')) as Explained[]
const used = new Set<Explained>()
const byHand = new Set(
  Object.values(JSON.parse(readFileSync(join(ours, '../SOURCES.json'), 'utf8')) as Record<string, { package: string; kinds: string[] }>)
    .filter((source) => source.package.startsWith('scripts/'))
    .flatMap((source) => source.kinds),
)
const kinds = crdsBelow(folder)

const differences = kinds.flatMap(({ gvk, schema }) => {
  const name = `${gvk.group}/${gvk.version}/${gvk.kind}`
  const file = join(ours, schemaPath(`${gvk.group}/${gvk.version}`, gvk.kind))
  const found = existsSync(file)
    ? compare(schema, JSON.parse(readFileSync(file, 'utf8')) as Schema)
    : [{ at: '', is: 'missing', what: 'no schema', strict: true }]
  const counted = byHand.has(name) ? found.filter(({ strict }) => strict) : found
  return counted.filter((difference) => !isExplained(name, difference)).map(({ at, is, what }) => `${name} ${at || '.'}: ${is}: ${what}`)
})

for (const line of differences.toSorted(compareText)) console.log(line)
for (const entry of explained) if (!used.has(entry)) console.log(`explained.yaml: nothing is like ${JSON.stringify(entry)}`)
console.log(`${kinds.length} kinds compared, ${differences.length} unexplained differences`)
process.exitCode = differences.length > 0 || used.size < explained.length ? 1 : 0

interface Difference {
  at: string
  is: string
  what: string
  /** It would refuse what the other takes. A schema written by hand may be looser than the CRD, and use newer types of Pods. */
  strict: boolean
}

function compare(theirs: Schema, own: Schema, at = ''): Difference[] {
  const found: Difference[] = []
  const differ = (is: string, a: unknown, b: unknown, strict = false) => {
    if (JSON.stringify(a) !== JSON.stringify(b))
      found.push({ at, is, what: `theirs ${JSON.stringify(a)}, ours ${JSON.stringify(b)}`, strict })
  }
  const isOpen = own.additionalProperties !== false
  const more = (own.required ?? []).some((field) => field !== 'spec' && !theirs.required?.includes(field))
  differ('required', sorted(theirs.required), sorted(own.required), more && theirs.properties !== undefined)
  differ('enum', sorted(theirs.enum), sorted(own.enum), theirs.enum !== undefined && own.enum !== undefined)
  for (const keyword of ['type', 'pattern', 'x-kubernetes-list-map-keys', 'x-kubernetes-preserve-unknown-fields']) {
    differ(keyword, sorted(theirs[keyword]), sorted(own[keyword]))
  }
  differ('closed', theirs.additionalProperties === false, !isOpen)
  differ('rules', count(theirs), count(own))

  const fields = new Set([...Object.keys(theirs.properties ?? {}), ...Object.keys(own.properties ?? {})])
  for (const field of fields) {
    const [a, b] = [theirs.properties?.[field], own.properties?.[field]]
    const path = at === '' ? field : `${at}.${field}`
    if (a && b) found.push(...compare(a, b, path))
    else found.push({ at: path, is: 'field', what: a ? 'only theirs' : 'only ours', strict: a !== undefined && !isOpen })
  }
  for (const part of ['items', 'additionalProperties'] as const) {
    const [a, b] = [theirs[part], own[part]]
    if (typeof a === 'object' && typeof b === 'object') found.push(...compare(a, b, `${at}${part === 'items' ? '[]' : '.*'}`))
  }
  return found
}

/** An explanation holds for the kind, or for all that start like it before a star. */
function isExplained(kind: string, difference: Difference): boolean {
  const matching = explained.filter(
    (entry) =>
      (entry.kind.endsWith('*') ? kind.startsWith(entry.kind.slice(0, -1)) : kind === entry.kind) &&
      new RegExp(entry.at ?? '').test(difference.at) &&
      (entry.is === undefined || entry.is === difference.is),
  )
  for (const entry of matching) used.add(entry)
  return matching.length > 0
}

function crdsBelow(path: string): KindSchema[] {
  return readdirSync(path, { recursive: true, encoding: 'utf8' })
    .filter((file) => /(^|\/)crds\/[^/]+\.ya?ml$/.test(file))
    .toSorted(compareText)
    .flatMap((file) => readCrds(readFileSync(join(path, file), 'utf8')))
}

function sorted(value: unknown): unknown {
  return Array.isArray(value) ? value.map((item) => JSON.stringify(item)).toSorted(compareText) : value
}

function count(schema: Schema): number {
  const rules = schema['x-kubernetes-validations']
  return Array.isArray(rules) ? rules.length : 0
}
