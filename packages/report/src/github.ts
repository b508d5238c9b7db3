import { sortFindings } from '@openova/core'
import type { Finding } from '@openova/core'

/** Workflow commands: a job of GitHub Actions that prints them has annotations at the lines of the pull request. */
export const printGithub = (findings: readonly Finding[]): string => sortFindings(findings).map(printAnnotation).join('')

function printAnnotation({ severity, code, file, at, line, column, message, fix }: Finding): string {
  const properties = Object.entries({ file: file || undefined, line, col: column, title: code })
    .flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${escapeProperty(String(value))}`]))
    .join(',')
  return `::${severity} ${properties}::${escapeData(`${at === '' ? '' : `${at}: `}${message}\nfix: ${fix}`)}\n`
}

const escapeData = (text: string) => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')

const escapeProperty = (text: string) => escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
