import { closest, distance } from 'fastest-levenshtein'
import { formatPath } from '../json.ts'
import { isConventionallyOpen } from './conventions.ts'
import { lookUpInSchema } from './schema-lookup.ts'
import { anyItem, childOf, findKey } from './shape.ts'
import type { Shape } from './shape.ts'
import type { Chart } from './upstream.ts'

/** `open`: the chart takes anything there, so a typo would not be noticed. */
export type Verdict = 'known' | 'open' | 'unknown'

export interface Lookup {
  verdict: Verdict
  /** For `unknown`: how to put it right. */
  fix?: string
}

/** Whether a chart knows a value path. `findSubchart` gives the chart of a dependency, where we have it. */
export function lookUp(chart: Chart, path: readonly string[], findSubchart: (name: string) => Chart | undefined = () => undefined): Lookup {
  const values = lookUpInShape(chart.values, path)
  if (values.verdict === 'known' || isFact(chart, path)) return { verdict: 'known' }

  const schema = chart.schema === undefined ? undefined : lookUpInSchema(chart.schema, path)
  if (schema?.answer === 'known') return { verdict: 'known' }

  const subchartName = chart.subcharts.get(path[0] ?? '')
  if (subchartName !== undefined && path.length > 1) {
    const subchart = findSubchart(subchartName)
    return subchart === undefined ? { verdict: 'open' } : lookUp(subchart, path.slice(1), findSubchart)
  }

  if (schema?.answer !== 'closed') {
    if (values.verdict === 'open' || schema?.answer === 'open' || isBelowOpenFact(chart, path)) return { verdict: 'open' }
    if (isConventionallyOpen(path, (above) => lookUpInShape(chart.values, above).verdict !== 'unknown')) return { verdict: 'open' }
  }
  return { verdict: 'unknown', fix: suggest(chart.values, path, [...new Set([...values.siblings, ...(schema?.siblings ?? [])])]) }
}

/** A path in values.yaml alone; `siblings` are the keys where it breaks off. */
export function lookUpInShape(shape: Shape, path: readonly string[]): { verdict: Verdict; siblings: string[] } {
  let here = shape
  for (const key of path) {
    const next = childOf(here, key)
    if (next === undefined) return { verdict: here.open ? 'open' : 'unknown', siblings: [...here.keys.keys()] }
    here = next
  }
  return { verdict: 'known', siblings: [] }
}

function isFact(chart: Chart, path: readonly string[]): boolean {
  return chart.facts.some((fact) => startsWith(fact.path, path))
}

/** `resources` is always a map, and a map of known parts: it opens nothing. */
function isBelowOpenFact(chart: Chart, path: readonly string[]): boolean {
  return chart.facts.some((fact) => fact.open && !/resources$/i.test(fact.path.at(-1) ?? '') && startsWith(path, fact.path))
}

function startsWith(path: readonly string[], start: readonly string[]): boolean {
  return start.length <= path.length && start.every((key, index) => key === path[index])
}

function suggest(values: Shape, path: readonly string[], siblings: string[]): string {
  const key = path.at(-1) ?? ''
  const near = siblings.length === 0 || key === anyItem ? undefined : closest(key, siblings)
  if (near !== undefined && distance(key, near) <= Math.max(2, Math.floor(key.length / 3))) return `did you mean \`${near}\`?`

  const elsewhere = findKey(values, key).slice(0, 3)
  if (elsewhere.length > 0) return `the chart has it at ${elsewhere.map((place) => `\`${formatPath(place)}\``).join(', ')}`
  if (siblings.length === 0) return 'the chart has a single value above it: remove it or set that'
  return `the chart has ${siblings
    .slice(0, 12)
    .map((sibling) => `\`${sibling}\``)
    .join(', ')}${siblings.length > 12 ? ' ...' : ''} there`
}
