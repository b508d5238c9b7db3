import type { Finding } from '@openova/core'
import { countFindings, printFindings } from './findings.ts'
import { printGithub } from './github.ts'
import { printJson } from './json.ts'
import { printJunit } from './junit.ts'
import type { Paint } from './paint.ts'
import type { RuleText } from './rule-text.ts'
import { printSarif } from './sarif.ts'

export const formats = ['text', 'json', 'sarif', 'junit', 'github'] as const
export type Format = (typeof formats)[number]

interface Reader {
  rules: readonly RuleText[]
  paint: Paint
}

/** Findings for a person, a program, code scanning, a test report, or the annotations of a pull request. */
export function printReport(findings: readonly Finding[], format: Format, reader: Reader): string {
  return printers[format](findings, reader)
}

const printers: Readonly<Record<Format, (findings: readonly Finding[], reader: Reader) => string>> = {
  text: (findings, { paint }) => `${findings.length > 0 ? `${printFindings(findings, paint)}\n` : ''}${countFindings(findings)}\n`,
  json: (findings) => printJson({ findings }),
  sarif: (findings, { rules }) => printSarif(findings, rules),
  junit: (findings, { rules }) => printJunit(findings, rules),
  github: (findings) => printGithub(findings),
}
