import { compareText, sortFindings } from '@openova/core'
import type { Finding } from '@openova/core'
import { countFindings } from './findings.ts'
import type { RuleText } from './rule-text.ts'

interface Case {
  rule: string
  file: string
  findings: readonly Finding[]
}

/**
 * JUnit XML: one suite; a case for each file and rule with findings, and one for each rule without, which passes.
 * A case fails by its errors. JUnit has no warnings: they stand in the output of a case that passes.
 */
export function printJunit(findings: readonly Finding[], rules: readonly RuleText[]): string {
  const cases = casesOf(sortFindings(findings), rules)
  const failures = cases.filter(({ findings }) => errorsIn(findings).length > 0).length
  const figures = `tests="${cases.length}" failures="${failures}" errors="0"`
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="openova" ${figures}>`,
    `  <testsuite name="openova" ${figures} skipped="0">`,
    ...cases.map(printCase),
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n')
}

function casesOf(findings: readonly Finding[], rules: readonly RuleText[]): Case[] {
  const found = Map.groupBy(findings, ({ code }) => code)
  const names = new Set([...rules.map(({ name }) => name), ...[...found.keys()].toSorted(compareText)])
  return [...names].flatMap((rule): Case[] => {
    const files = Map.groupBy(found.get(rule) ?? [], ({ file }) => file)
    return files.size === 0 ? [{ rule, file: '', findings: [] }] : [...files].map(([file, findings]) => ({ rule, file, findings }))
  })
}

function printCase({ rule, file, findings }: Case): string {
  const attributes = `name="${escape(rule)}" classname="${escape(file || 'openova')}"${file === '' ? '' : ` file="${escape(file)}"`}`
  if (findings.length === 0) return `    <testcase ${attributes}/>`
  const errors = errorsIn(findings)
  const warnings = findings.filter(({ severity }) => severity === 'warning')
  return [
    `    <testcase ${attributes}>`,
    ...(errors.length > 0
      ? [`      <failure type="${escape(rule)}" message="${escape(headline(errors))}">${escape(errors.map(say).join('\n'))}</failure>`]
      : []),
    ...(warnings.length > 0 ? [`      <system-out>${escape(warnings.map(say).join('\n'))}</system-out>`] : []),
    '    </testcase>',
  ].join('\n')
}

/** Many readers show nothing else of a failure. */
const headline = (errors: readonly Finding[]) => (errors.length === 1 ? (errors[0]?.message ?? '') : countFindings(errors))

function say({ file, line, column, at, severity, message, fix }: Finding): string {
  const place = [file, line, column].filter((part) => part !== undefined && part !== '').join(':')
  return `${[place, at].filter(Boolean).join('  ')}\n  ${severity}: ${message}\n  fix: ${fix}\n`
}

const errorsIn = (findings: readonly Finding[]) => findings.filter(({ severity }) => severity === 'error')

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' }

/** For text and attributes alike; what XML 1.0 cannot hold, even escaped, becomes a question mark in a diamond. */
function escape(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(forbidden, '\uFFFD')
    .replaceAll(/[&<>"']/g, (character) => entities[character] ?? character)
    .replaceAll(/[\t\n\r]/g, (character) => `&#${character.charCodeAt(0)};`)
}

// oxlint-disable-next-line no-control-regex -- they are what is looked for
const forbidden = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g
