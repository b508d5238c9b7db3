import { hasErrors } from '@openova/core'
import { openChartFolder } from './chart/chart-folder.ts'
import { openUpstream } from './chart/upstream.ts'
import { checkBuilds } from './checks/builds.ts'
import { checkCharts } from './checks/charts.ts'
import { checkHelmValues } from './checks/helm-values.ts'
import { checkParity } from './checks/parity.ts'
import { checkResources } from './checks/resources.ts'
import { checkSchemas } from './checks/schemas.ts'
import { checkStrings } from './checks/strings.ts'
import type { Printer } from './checks/strings.ts'
import { readCrds } from './crd/crd-index.ts'
import type { HelmProgram } from './go-helm.ts'
import type { GoProgram } from './go.ts'
import type { CheckResult } from './model.ts'
import { findObjects, readTree } from './tree.ts'

/** In the order in which they run. */
export const checkNames = ['builds', 'strings', 'parity', 'values', 'resources', 'schemas', 'charts'] as const
export type CheckName = (typeof checkNames)[number]

export interface ConformanceOptions {
  /** The folder of the generated tree. */
  out: string
  /** Published charts and CRDs; without it `values` and `resources` cannot be checked. */
  upstream?: string
  /** Real charts; without it `charts` cannot be checked. */
  charts?: string
  checks: readonly CheckName[]
}

export interface World {
  print: Printer
  /** The folder of JSON schemas. */
  schemas: string
  compileGoProgram: () => Promise<GoProgram>
  compileHelmProgram: () => Promise<HelmProgram>
}

export interface Conformance {
  conforms: boolean
  results: CheckResult[]
  /** Checks that were asked for and could not run. */
  skipped: CheckName[]
}

/** Asks those who will read the tree (kustomize, Go's YAML, the charts, the CRDs) whether they read what we mean. */
export async function checkConformance(
  { out, upstream, charts, checks }: ConformanceOptions,
  { print, schemas, compileGoProgram, compileHelmProgram }: World,
): Promise<Conformance> {
  const wanted = (name: CheckName) => checks.includes(name)
  const go = wanted('builds') || wanted('strings') || wanted('parity') ? await compileGoProgram() : undefined
  const tree = checks.some((name) => name !== 'strings' && name !== 'schemas') ? readTree(out) : undefined
  const results: CheckResult[] = []

  if (go && tree && wanted('builds')) results.push(await checkBuilds(tree, go))
  if (go && wanted('strings')) results.push(await checkStrings(print, go))
  if (go && tree && wanted('parity')) results.push(await checkParity(tree, go, schemas))
  if (upstream !== undefined && tree && wanted('values')) results.push(checkHelmValues(tree, openUpstream(upstream)))
  if (upstream !== undefined && tree && wanted('resources'))
    results.push(checkResources(tree, readCrds(upstream, new Set(findObjects(tree).map(({ kind }) => kind)))))

  if (upstream !== undefined && wanted('schemas')) results.push(checkSchemas(upstream, schemas))
  if (charts !== undefined && tree && wanted('charts'))
    results.push(await checkCharts(tree, openChartFolder(charts), await compileHelmProgram()))

  return {
    conforms: !results.some(({ findings }) => hasErrors(findings)),
    results,
    skipped: checks.filter((name) => !results.some(({ check }) => check === name)),
  }
}
