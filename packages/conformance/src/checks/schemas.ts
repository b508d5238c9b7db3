import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { compareText } from '@openova/core'
import type { Finding } from '@openova/core'
import { crdToSchemas, schemaPath } from '@openova/schemas'
import type { KindSchema, Schema } from '@openova/schemas'
import { parse } from 'yaml'
import { isObject } from '../json.ts'
import type { CheckResult } from '../model.ts'
import { readDocuments } from '../tree.ts'

/** A difference that is all right, and why; `at` is a regular expression for its path, `is` the sort, either may be left out. */
interface Explained {
  kind: string
  at?: string
  is?: string
  why: string
}

/** The CRDs that upstream publishes have the same fields, required keys and enums as our schemas; what differs is explained. */
export function checkSchemas(upstream: string, schemas: string): CheckResult {
  const explained = parse(readFileSync(join(import.meta.dirname, '../../explained.yaml'), 'utf8')) as Explained[]
  const used = new Set<Explained>()
  const byHand = kindsByHand(schemas)
  const kinds = crdsBelow(upstream)

  const findings = kinds.flatMap(({ gvk, schema }) => {
    const name = `${gvk.group}/${gvk.version}/${gvk.kind}`
    const file = schemaPath(`${gvk.group}/${gvk.version}`, gvk.kind)
    return differencesOf(schema, join(schemas, 'kubernetes', file))
      .filter(({ strict }) => strict || !byHand.has(name))
      .filter((difference) => !isExplained(name, difference))
      .map((difference) => schemaDiffers(file, difference))
  })
  return {
    check: 'schemas',
    findings: [...findings, ...explained.filter((entry) => !used.has(entry)).map(explainsNothing)],
    summary: `${kinds.length} kinds of upstream compared with our schemas: ${findings.length} unexplained differences, ${used.size} explained`,
    notes: [],
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
}

interface Difference {
  at: string
  is: string
  what: string
  /** It would refuse what the other takes. A schema written by hand may be looser than the CRD, and use newer types of Pods. */
  strict: boolean
}

function differencesOf(theirs: Schema, file: string): Difference[] {
  if (!existsSync(file)) return [{ at: '', is: 'missing', what: 'no schema', strict: true }]
  return compare(theirs, JSON.parse(readFileSync(file, 'utf8')) as Schema)
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

function sorted(value: unknown): unknown {
  return Array.isArray(value) ? value.map((item) => JSON.stringify(item)).toSorted(compareText) : value
}

function count(schema: Schema): number {
  const rules = schema['x-kubernetes-validations']
  return Array.isArray(rules) ? rules.length : 0
}

/** Kinds whose schema was written by hand, since nobody serves a source of it. */
function kindsByHand(schemas: string): Set<string> {
  const sources = JSON.parse(readFileSync(join(schemas, 'SOURCES.json'), 'utf8')) as Record<string, { package: string; kinds: string[] }>
  return new Set(
    Object.values(sources)
      .filter((source) => source.package.startsWith('scripts/'))
      .flatMap(({ kinds }) => kinds),
  )
}

function crdsBelow(folder: string): KindSchema[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /(^|\/)crds\/[^/]+\.ya?ml$/.test(file))
    .toSorted(compareText)
    .flatMap((file) => readDocuments(readFileSync(join(folder, file), 'utf8')).filter((document) => isObject(document)))
    .flatMap(crdToSchemas)
}

function schemaDiffers(file: string, { at, is, what }: Difference): Finding {
  return {
    code: 'schema-differs',
    severity: 'error',
    file: `schemas/kubernetes/${file}`,
    at,
    message: `Unexpected ${is}: ${what}`,
    fix: 'mend scripts/sync-schemas, or explain it in packages/conformance/explained.yaml',
  }
}

function explainsNothing({ kind, at = '', why }: Explained): Finding {
  return {
    code: 'explains-nothing',
    severity: 'error',
    file: 'packages/conformance/explained.yaml',
    at: '',
    message: `Unexpected explanation of ${kind} ${at} (${why}), expected a difference that it explains`,
    fix: 'take it out',
  }
}
