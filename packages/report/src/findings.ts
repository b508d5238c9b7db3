import { sortFindings } from '@openova/core'
import type { Finding } from '@openova/core'
import type { Paint } from './paint.ts'

/**
 * Findings by file and place, each with its remedy:
 *
 *     clusters/platform.yaml:14:5  spec.products[1]
 *       error unknown-product: Unexpected product `cortx`, expected one of cortex, fabric, fingate, relay
 *       fix: did you mean `cortex`?
 */
export function printFindings(findings: readonly Finding[], paint: Paint): string {
  const places = Map.groupBy(sortFindings(findings), placeOf)
  const files = Map.groupBy(places.values(), ([first]) => first?.file ?? '')
  return [...files.values()].map((groups) => groups.map((group) => printPlace(group, paint)).join('')).join('\n')
}

/** `2 errors, 1 warning`, or `no findings`. */
export function countFindings(findings: readonly Finding[]): string {
  const counts = (['error', 'warning'] as const).map(
    (severity) => [severity, findings.filter((finding) => finding.severity === severity).length] as const,
  )
  const said = counts.filter(([, count]) => count > 0).map(([severity, count]) => `${count} ${severity}${count === 1 ? '' : 's'}`)
  return said.join(', ') || 'no findings'
}

function printPlace(findings: readonly Finding[], paint: Paint): string {
  const [first] = findings
  if (!first) return ''
  const at = first.at === '' ? '' : `  ${paint.dim(first.at)}`
  return `${paint.bold(positionOf(first))}${at}\n${findings.map((finding) => printFinding(finding, paint)).join('')}`
}

function printFinding({ severity, code, message, fix }: Finding, paint: Paint): string {
  const colour = severity === 'error' ? paint.red : paint.yellow
  return `  ${colour(`${severity} ${code}`)}: ${message}\n  ${paint.green('fix')}: ${fix}\n`
}

const placeOf = (finding: Finding) => `${positionOf(finding)}\0${finding.at}`

const positionOf = ({ file, line, column }: Finding) => [file || '(platform)', line, column].filter((part) => part !== undefined).join(':')
