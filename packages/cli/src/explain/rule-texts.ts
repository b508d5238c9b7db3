import type { Finding } from '@openova/core'
import type { RuleText } from '@openova/report'
import { rules } from '@openova/validate'
import type { Rule } from '@openova/validate'
import { codes } from './codes.ts'

type Scope = Rule['on']

/** What a report says of rules: those that ran, and whatever else reported something. */
export function ruleTexts(findings: readonly Finding[], ran: readonly Scope[]): RuleText[] {
  const severities = new Map(findings.map(({ code, severity }) => [code, severity]))
  return [
    ...rules.filter(({ name, on }) => ran.includes(on) || severities.has(name)),
    ...Object.entries(codes).flatMap(([name, description]) => {
      const severity = severities.get(name)
      return severity ? [{ name, severity, description }] : []
    }),
  ]
}

/** The rules that had something to look at, by how far the platform got. */
export function scopesOf({ spec, tree }: { spec?: object; tree?: object }, { disk }: { disk: boolean }): Scope[] {
  if (!tree) return spec ? ['spec'] : []
  return ['spec', 'plan', 'object', 'tree', ...(disk ? (['disk'] as const) : [])]
}
