import { createHash } from 'node:crypto'
import { compareText, sortFindings } from '@openova/core'
import type { Finding } from '@openova/core'
import type { Location, Log, ReportingDescriptor, Result } from 'sarif'
import { printJson } from './json.ts'
import { helpOf } from './rule-text.ts'
import type { RuleText } from './rule-text.ts'

/** SARIF 2.1.0: for code scanning of GitHub, Azure DevOps and others, and for editors. */
export function printSarif(findings: readonly Finding[], rules: readonly RuleText[]): string {
  const known = [...rules.map(describe), ...undescribed(findings, rules)]
  const log: Log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [{ tool: { driver: { name: 'openova', rules: known } }, columnKind: 'utf16CodeUnits', results: resultsOf(findings, known) }],
  }
  return printJson(log)
}

function describe(rule: RuleText): ReportingDescriptor {
  return {
    id: rule.name,
    shortDescription: { text: rule.description },
    help: { text: helpOf(rule), markdown: helpOf(rule) },
    defaultConfiguration: { level: rule.severity },
  }
}

/** A result must name a rule, even one that nobody described. */
function undescribed(findings: readonly Finding[], rules: readonly RuleText[]): ReportingDescriptor[] {
  const known = new Set(rules.map(({ name }) => name))
  const codes = new Set(findings.map(({ code }) => code).filter((code) => !known.has(code)))
  return [...codes].toSorted(compareText).map((id) => ({ id }))
}

function resultsOf(findings: readonly Finding[], rules: readonly ReportingDescriptor[]): Result[] {
  const index = new Map(rules.map(({ id }, position) => [id, position]))
  const seen = new Map<string, number>()
  return sortFindings(findings).map((finding): Result => {
    const { code, severity, message, fix } = finding
    return {
      ruleId: code,
      ruleIndex: index.get(code),
      level: severity,
      message: { text: `${message}\nFix: ${fix}` },
      locations: [locationOf(finding)],
      partialFingerprints: { 'openova/v1': fingerprint(finding, seen) },
    }
  })
}

function locationOf({ file, at, line = 1, column }: Finding): Location {
  return {
    ...(file !== '' && {
      physicalLocation: {
        artifactLocation: { uri: uriOf(file) },
        region: { startLine: line, ...(column !== undefined && { startColumn: column }) }, // GitHub shows nothing without a line
      },
    }),
    ...(at !== '' && { logicalLocations: [{ fullyQualifiedName: at }] }),
  }
}

/** Relative paths stay so: the reader resolves them from the root of the repository. */
function uriOf(file: string): string {
  const path = file.split('/').map(encodeURIComponent).join('/')
  return path.startsWith('/') ? `file://${path}` : path
}

/** The same while rule, file and path are: lines move and figures in messages change. Equal ones are numbered, top down. */
function fingerprint({ code, file, at }: Finding, seen: Map<string, number>): string {
  const hash = createHash('sha256').update([code, file, at].join('\0')).digest('hex').slice(0, 16)
  const number = (seen.get(hash) ?? 0) + 1
  seen.set(hash, number)
  return `${hash}:${number}`
}
