import { sortFindings } from '@openova/core'
import type { Conformance } from './conformance.ts'
import type { CheckResult } from './model.ts'

/** Per check its findings by file, and the notes if asked for; the verdict of all is the last line. */
export function printConformance({ results, skipped, conforms }: Conformance, { notes }: { notes: boolean }): string {
  const findings = results.flatMap((result) => result.findings)
  const errors = findings.filter(({ severity }) => severity === 'error').length

  return [
    ...results.flatMap((result) => printResult(result, notes)),
    ...skipped.map((check) => `${check}: not checked (needs ${check === 'charts' ? '--charts' : '--upstream'} <folder>)`),
    `${conforms ? 'Conforms' : 'Does not conform'}: ${count(errors, 'error')}, ${count(findings.length - errors, 'warning')}; checked ${results.map(({ check }) => check).join(', ') || 'nothing'}${skipped.length > 0 ? `; not checked ${skipped.join(', ')}` : ''}`,
    '',
  ].join('\n')
}

function printResult({ check, findings, summary, notes }: CheckResult, withNotes: boolean): string[] {
  let heading = ''
  const lines = sortFindings(findings).flatMap(({ file, at, severity, code, message, fix }) => {
    const place = at === '' ? file : `${file}  ${at}`
    const again = place === heading
    heading = place
    return [...(again ? [] : [place]), `  ${severity} ${code}: ${message.replaceAll('\n', '\n    ')}`, `  fix: ${fix}`]
  })
  const more = notes.length > 0 && !withNotes ? ` (${count(notes.length, 'note')}: --notes)` : ''
  return [...lines, ...(withNotes ? notes.map((note) => `  ${note}`) : []), `${check}: ${summary}${more}`]
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`
}
