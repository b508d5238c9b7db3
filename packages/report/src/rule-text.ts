import type { Severity } from '@openova/core'

/** What a code means, handed in by the caller: report knows no rule by name. */
export interface RuleText {
  name: string
  severity: Severity
  /** What must hold, and why. */
  description: string
  /** YAML, one of each side. */
  examples?: { pass: string; fail: string }
}

/** For one who reads a report without the program at hand. */
export function helpOf({ description, examples }: RuleText): string {
  if (!examples) return description
  return [description, `Passes:\n${indent(examples.pass)}`, `Fails:\n${indent(examples.fail)}`].join('\n\n')
}

/** Indented by four, so that it is code in Markdown too. */
const indent = (text: string) => text.trim().replaceAll(/^(?=.)/gm, '    ')
