import { Ajv } from 'ajv'
import type { ErrorObject, ValidateFunction } from 'ajv'
import { compareText } from '@openova/core'
import type { Finding } from '@openova/core'
import { closest, distance } from 'fastest-levenshtein'
import { closeSchema } from '../crd/close-schema.ts'
import type { CrdIndex } from '../crd/crd-index.ts'
import { formatPath, isObject } from '../json.ts'
import type { CheckResult, DiskTree, JsonObject, TreeObject } from '../model.ts'
import { findObjects } from '../tree.ts'

/** Every custom resource of the tree fits its CRD: no field that would be pruned, no value that would be refused. */
export function checkResources(tree: DiskTree, crds: CrdIndex): CheckResult {
  const validatorOf = createValidators(crds)
  const unchecked = new Map<string, number>()
  const findings: Finding[] = []
  let checked = 0
  let fitting = 0

  for (const object of findObjects(tree)) {
    const [group, version] = splitApiVersion(object.apiVersion)
    const kind = crds.get(`${group}/${object.kind}`)
    if (kind === undefined) {
      const name = `${object.apiVersion} ${object.kind}`
      unchecked.set(name, (unchecked.get(name) ?? 0) + 1)
      continue
    }
    checked++
    if (!kind.versions.has(version)) {
      findings.push(versionNotServed(tree, object, [...kind.versions.keys()]))
      continue
    }
    const validate = validatorOf(group, object.kind, version)
    if (validate(object.body)) fitting++
    else findings.push(...tellErrors(tree, object, validate.errors ?? []))
  }

  return {
    check: 'resources',
    findings,
    summary: `${fitting} of ${checked} custom resources fit their CRD; ${unchecked.size} kinds without a CRD not checked`,
    notes: [...unchecked].toSorted(([a], [b]) => compareText(a, b)).map(([kind, count]) => `not checked: ${kind} (${count})`),
  }
}

/** Compiles only the kinds in use: the larger CRDs take a tenth of a second each. */
function createValidators(crds: CrdIndex): (group: string, kind: string, version: string) => ValidateFunction {
  const ajv = new Ajv({
    strict: false,
    allErrors: true,
    verbose: true,
    unicodeRegExp: false,
    validateFormats: false,
    allowUnionTypes: true,
    code: { optimize: false },
  })
  const compiled = new Map<JsonObject, ValidateFunction>()

  return (group, kind, version) => {
    const schema = crds.get(`${group}/${kind}`)!.versions.get(version)!
    if (!compiled.has(schema)) compiled.set(schema, ajv.compile(closeSchema(schema)))
    return compiled.get(schema)!
  }
}

function splitApiVersion(apiVersion: string): [group: string, version: string] {
  const slash = apiVersion.lastIndexOf('/')
  return [apiVersion.slice(0, Math.max(0, slash)), apiVersion.slice(slash + 1)]
}

/** What a condition (`anyOf` and the like) refused is told once, by the condition. */
function tellErrors(tree: DiskTree, object: TreeObject, errors: ErrorObject[]): Finding[] {
  const told = errors.filter(({ schemaPath }) => !/\/(anyOf|oneOf|not)\/.*\//.test(schemaPath))
  return (told.length > 0 ? told : errors).map((error) => unfitting(tree, object, error))
}

function unfitting(tree: DiskTree, object: TreeObject, error: ErrorObject): Finding {
  const extra = error.keyword === 'additionalProperties' ? String(error.params.additionalProperty) : undefined
  const at = toPath(error.instancePath, object.body)
  return {
    code: 'resource-unfit',
    severity: 'error',
    file: `${tree.name}/${object.file.path}`,
    at: formatPath(extra === undefined ? at : [...at, extra]),
    message: `${object.kind} \`${object.name}\`: ${describe(error, extra)}`,
    fix: extra === undefined ? 'see the CRD for what may stand there' : suggestField(extra, error.parentSchema),
  }
}

function describe({ keyword, params, data, message = '' }: ErrorObject, extra: string | undefined): string {
  const value = JSON.stringify(data)?.slice(0, 80)
  if (extra !== undefined) return `Unexpected field \`${extra}\`, which the API server would drop or refuse`
  if (keyword === 'required') return `Unexpected absence of \`${String(params.missingProperty)}\`, which is required`
  if (keyword === 'enum')
    return `Unexpected value ${value}, expected one of ${(params.allowedValues as unknown[]).map((allowed) => JSON.stringify(allowed)).join(', ')}`
  return `Unexpected value ${value}, ${message.replace(/^must/, 'expected it to')}`
}

function suggestField(extra: string, parent: unknown): string {
  const known = isObject(parent) && isObject(parent.properties) ? Object.keys(parent.properties) : []
  if (known.length === 0) return 'remove it: the CRD describes no fields there'
  const near = closest(extra, known)
  if (distance(extra, near) <= Math.max(2, Math.floor(extra.length / 3))) return `did you mean \`${near}\`?`
  return `the CRD has ${known
    .slice(0, 12)
    .map((key) => `\`${key}\``)
    .join(', ')}${known.length > 12 ? ' ...' : ''} there`
}

/** `/spec/rules/0/a~1b` as keys, with `[0]` where the object has a list. */
function toPath(pointer: string, body: unknown): string[] {
  let here = body
  return pointer
    .split('/')
    .slice(1)
    .map((part) => {
      const key = part.replaceAll('~1', '/').replaceAll('~0', '~')
      const isItem = Array.isArray(here)
      here = isItem ? (here as unknown[])[Number(key)] : isObject(here) ? here[key] : undefined
      return isItem ? `[${key}]` : key
    })
}

function versionNotServed(tree: DiskTree, object: TreeObject, served: string[]): Finding {
  return {
    code: 'version-not-served',
    severity: 'error',
    file: `${tree.name}/${object.file.path}`,
    at: 'apiVersion',
    message: `Unexpected version \`${object.apiVersion}\` of ${object.kind} \`${object.name}\`, expected one that its CRD serves: ${served.map((version) => `\`${version}\``).join(', ')}`,
    fix: 'change `apiVersion`, and check the fields against that version',
  }
}
