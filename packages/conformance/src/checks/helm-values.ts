import type { Finding } from '@openova/core'
import { findHelmValues } from '../chart/releases.ts'
import type { HelmValues } from '../chart/releases.ts'
import { lookUp, lookUpInShape } from '../chart/lookup.ts'
import type { Verdict } from '../chart/lookup.ts'
import { anyItem } from '../chart/shape.ts'
import type { Chart, Upstream } from '../chart/upstream.ts'
import { formatPath, isObject } from '../json.ts'
import type { CheckResult, DiskTree } from '../model.ts'

/** Every helm value path of the tree, nested keys too, exists in its chart. Helm itself ignores what it does not know. */
export function checkHelmValues(tree: DiskTree, upstream: Upstream): CheckResult {
  const findings: Finding[] = []
  const open = new Set<string>()
  const unchecked = new Set<string>()
  const count = { known: 0, open: 0, unknown: 0 }

  for (const helmValues of findHelmValues(tree)) {
    const { chart: wanted, component } = helmValues
    if (wanted === undefined) {
      findings.push(withoutRelease(tree, helmValues))
      continue
    }
    const chart = upstream.findChart(wanted.name, component)
    if (chart === undefined) {
      unchecked.add(`${wanted.name} ${wanted.version ?? ''}`.trim())
      continue
    }
    if (!sameVersion(chart, wanted.version)) findings.push(otherVersion(tree, helmValues, chart))

    const wrong = new Set<string>()
    for (const { path, at, value } of listPaths(helmValues.values)) {
      const { verdict, length, fix } = judge(chart, path, upstream)
      count[verdict]++
      if (verdict === 'open') open.add(`${chart.name}: ${formatPath(path)}`)
      if (verdict === 'known' && isFlattened(chart, path, value)) findings.push(flattened(tree, helmValues, chart, at))
      if (verdict !== 'unknown') continue

      const where = at.slice(0, length)
      if (!wrong.has(formatPath(where))) findings.push(unknownValue(tree, helmValues, chart, where, fix))
      wrong.add(formatPath(where))
    }
  }

  return {
    check: 'values',
    findings,
    summary: `${count.known + count.open + count.unknown} helm value paths checked: ${count.known} known, ${count.open} open (the chart takes anything there), ${count.unknown} unknown; ${unchecked.size} charts not checked`,
    notes: [
      ...[...unchecked].toSorted().map((chart) => `could not check: chart ${chart} is not in the upstream folder`),
      ...[...open].toSorted().map((path) => `open: ${path}`),
    ],
  }
}

interface ValuePath {
  /** With `[]` for items. */
  path: string[]
  /** With `[0]` for items. */
  at: string[]
  value: unknown
}

/** The paths of all leaves; an empty map or list is one. */
function listPaths(value: unknown, path: string[] = [], at: string[] = []): ValuePath[] {
  const inner = Array.isArray(value)
    ? value.flatMap((item, index) =>
        isObject(item) || Array.isArray(item) ? listPaths(item, [...path, anyItem], [...at, `[${index}]`]) : [],
      )
    : isObject(value)
      ? Object.entries(value).flatMap(([key, item]) => listPaths(item, [...path, key], [...at, key]))
      : []
  return inner.length > 0 || path.length === 0 ? inner : [{ path, at, value }]
}

/** The verdict on a path, and how many of its keys it took: one wrong key is one mistake, whatever lies below it. */
function judge(chart: Chart, path: string[], upstream: Upstream): { verdict: Verdict; length: number; fix: string } {
  for (let length = 1; length <= path.length; length++) {
    const { verdict, fix = '' } = lookUp(chart, path.slice(0, length), (name) => upstream.findChart(name, chart.component))
    if (verdict !== 'known') return { verdict, length, fix }
  }
  return { verdict: 'known', length: path.length, fix: '' }
}

/** Helm drops a plain value where the chart has a table, with a warning that nobody sees. */
function isFlattened(chart: Chart, path: string[], value: unknown): boolean {
  if (value === null || typeof value === 'object') return false
  // A key that only the schema or a subchart knows says nothing of what is beside it.
  if (lookUpInShape(chart.values, path).verdict !== 'known') return false
  const keys = lookUpInShape(chart.values, [...path, '']).siblings
  return keys.length > 0 && lookUpInShape(chart.values, [...path, '']).verdict === 'unknown'
}

function sameVersion(chart: Chart, version: string | undefined): boolean {
  return chart.versions.some((known) => known.replace(/^v/, '') === version?.replace(/^v/, ''))
}

function unknownValue(tree: DiskTree, { file, at }: HelmValues, chart: Chart, where: string[], fix: string): Finding {
  return {
    code: 'helm-value-unknown',
    severity: 'error',
    file: `${tree.name}/${file.path}`,
    at: formatPath([...at, ...where]),
    message: `Unexpected helm value \`${formatPath(where)}\`: chart \`${chart.name}\` has no such key, and would ignore it`,
    fix,
  }
}

function flattened(tree: DiskTree, { file, at }: HelmValues, chart: Chart, where: string[]): Finding {
  return {
    code: 'helm-value-flattened',
    severity: 'error',
    file: `${tree.name}/${file.path}`,
    at: formatPath([...at, ...where]),
    message: `Unexpected plain value at \`${formatPath(where)}\`: chart \`${chart.name}\` has a map there, and Helm ignores anything else`,
    fix: 'set the keys below it',
  }
}

function otherVersion(tree: DiskTree, { file, chart: wanted }: HelmValues, chart: Chart): Finding {
  return {
    code: 'chart-version-differs',
    severity: 'warning',
    file: `${tree.name}/${file.path}`,
    at: '',
    message: `Unexpected version \`${wanted?.version ?? 'none'}\` of chart \`${chart.name}\`, expected ${chart.versions.map((version) => `\`${version}\``).join(' or ')}, whose values these are checked against`,
    fix: 'copy the values of that version into the upstream folder, or pin the version that is there',
  }
}

function withoutRelease(tree: DiskTree, { file }: HelmValues): Finding {
  return {
    code: 'values-without-release',
    severity: 'error',
    file: `${tree.name}/${file.path}`,
    at: '',
    message:
      'Unexpected helm values without a chart, expected a helmrelease-<release>.yaml of the same name (and a source-<release>.yaml for a chartRef) beside it or in the base',
    fix: 'if `pnpm openova build` wrote this, it is a bug of the renderer; otherwise remove the file',
  }
}
