import { isMap } from '@openova/core'
import { isKustomizationFile, isTemplate, join, parentOf } from '../folders.ts'
import { mapsAt } from '../objects.ts'
import { kindsIn, parse } from '../parse.ts'
import type { Repository } from '../repository.ts'
import { defineRule, type Draft, type SchemaDocument, type SchemaFinding, type TreeRule } from '../rule.ts'
import { sourceOfFile } from '../sources.ts'

export default defineRule<TreeRule>({
  name: 'schema',
  severity: 'error',
  description: 'Every object fits the schema of its kind, and every kind has a schema; kubeconform is the judge.',
  on: 'tree',

  check(repository, { checkObjects }) {
    if (!checkObjects) return []
    const findings = checkObjects(documentsOf(repository)).filter(({ found }) => repository.own || !found.includes('${'))
    const unknown = Map.groupBy(
      findings.filter(({ kind }) => kind === 'missing-schema'),
      ({ found }) => found,
    )
    const others = findings.filter(({ kind }) => kind !== 'missing-schema')
    return distinct([...[...unknown.values()].map(missing), ...others.map((finding) => misfit(finding, repository))])
  },

  examples: {
    pass: `
# clusters/base/harbor/needs/cluster-registry.yaml
apiVersion: postgresql.cnpg.io/v1
kind: Cluster
metadata: { name: registry, namespace: harbor }
spec: { instances: 3 }`,
    fail: `
# clusters/base/harbor/needs/cluster-registry.yaml
apiVersion: postgresql.cnpg.io/v1
kind: Cluster
metadata: { name: registry, namespace: harbor }
spec: { instances: "3" }`,
  },
})

/** Every object, as Flux applies it where it is known how; what is only a part of an object is left to where it is put in. */
function documentsOf(repository: Repository): SchemaDocument[] {
  const { files } = repository
  const parts = partsOf(repository)
  const built = Map.groupBy(
    repository.clusters().flatMap(({ objects }) => objects.filter(({ object }) => !('generated' in object))),
    ({ file, document }) => `${document} ${file}`,
  )
  return [...files].flatMap(([file, text]) => {
    if (!mayHoldObjects(file, text) || parts.has(file) || isTemplate(file, files)) return []
    return parse(text).documents.flatMap((read, index): SchemaDocument[] => {
      const document = isKustomizationFile(file) ? withDefaults(read) : read
      if (!isObject(document) || 'sops' in document) return []
      const applied = new Set<object>((built.get(`${index} ${file}`) ?? []).map(({ object }) => object))
      return [...(applied.size > 0 ? applied : [document])].map((object) => ({ file, index, object }))
    })
  })
}

/** Files that are patches: in a repository of others, half an object. */
function partsOf({ files }: Repository): Set<string> {
  return new Set(
    [...files.keys()].filter(isKustomizationFile).flatMap((file) => {
      const kustomization = parse(files.get(file) ?? '').documents[0]
      const merged = isMap(kustomization) && Array.isArray(kustomization.patchesStrategicMerge) ? kustomization.patchesStrategicMerge : []
      const paths = [...mapsAt(kustomization, 'patches'), ...mapsAt(kustomization, 'patchesJson6902')].map(({ path }) => path)
      return [...merged, ...paths].flatMap((path: unknown) => (typeof path === 'string' ? join(parentOf(file), path) : []))
    }),
  )
}

const mayHoldObjects = (file: string, text: string): boolean =>
  isKustomizationFile(file) || (/\.ya?ml$/.test(file) && (kindsIn(text).length > 0 || /^apiVersion:/m.test(text)))

/** The platform spec has a schema of its own. */
const isObject = (document: unknown): document is Record<string, unknown> =>
  isMap(document) &&
  (typeof document.apiVersion === 'string'
    ? !document.apiVersion.startsWith('openova.io/')
    : 'kind' in document && isMap(document.metadata))

/** kustomize does not ask for the two. */
function withDefaults(document: unknown): unknown {
  if (!isMap(document) || (document.apiVersion !== undefined && document.kind !== undefined)) return document
  return { apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization', ...document }
}

/** One finding a kind, at its first object. */
function missing(findings: readonly SchemaFinding[]): Draft {
  const { document, found } = findings[0]!
  const objects = findings.length > 1 ? `, nor for ${findings.length - 1} more objects of that kind` : ''
  return {
    file: document.file,
    document: document.index,
    at: 'kind',
    message: `No schema for ${found}${objects}, expected one for every kind`,
    fix: 'add it from the CRD of the version that runs: `pnpm openova schemas add <crd.yaml>`',
  }
}

function misfit({ document: { file, index }, path, kind, message }: SchemaFinding, { own, files }: Repository): Draft {
  const at = path.reduce<string>(writeKey, '')
  const source = (own && sourceOfFile(file, files.get(file))) || file
  return {
    file,
    document: index,
    at,
    message: at === '' ? message : `${at}: ${message}`,
    fix: kind === 'invalid' ? `correct it in ${source}` : 'correct the schema below `schemas/`, or report a bug',
  }
}

const writeKey = (path: string, key: string | number): string => {
  if (typeof key === 'number') return `${path}[${key}]`
  const written = key.replaceAll('.', '\\.')
  return path === '' ? written : `${path}.${written}`
}

/** An object that two clusters apply is judged for each. */
const distinct = (drafts: Draft[]) => [
  ...new Map(drafts.map((draft) => [[draft.file, draft.document, draft.at, draft.message].join('\0'), draft])).values(),
]
