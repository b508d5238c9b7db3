export type Severity = 'error' | 'warning'

/** What went wrong, where, and how to put it right. */
export interface Finding {
  /** kebab-case name of the rule. */
  code: string
  severity: Severity
  /** File relative to the project, such as `clusters/platform.yaml`. */
  file: string
  /** Path in that file, such as `spec.regions[1].network.pods`; empty for the whole file. */
  at: string
  /** 1-based, where known. */
  line?: number
  column?: number
  /** Actual and expected. */
  message: string
  /** What to do. */
  fix: string
}

export const hasErrors = (findings: readonly Finding[]): boolean => findings.some(({ severity }) => severity === 'error')

/** By file, place and code, so that the same input always reads the same. */
export function sortFindings(findings: readonly Finding[]): Finding[] {
  const place = ({ file, line = 0, column = 0, at, code, message }: Finding) => [file, pad(line), pad(column), at, code, message].join('\0')
  return findings.toSorted((a, b) => compareText(place(a), place(b)))
}

/** Order by code unit: the same on every machine, whatever its locale. */
export const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

const pad = (number: number) => String(number).padStart(9, '0')
