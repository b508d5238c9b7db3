import type { Finding } from './finding.ts'
import { checkSchema, joinPath } from './spec/check.ts'
import type { Mistake } from './spec/mistake.ts'

/** Findings about a component's values; `at` is where they stand, such as `spec.components.harbor.values`. */
export function validateValues(schema: object, value: unknown, at: string): Finding[] {
  return checkValues(schema, value, at).map(({ code, at, message, fix }) => ({ code, severity: 'error', file: '', at, message, fix }))
}

export function checkValues(schema: object, value: unknown, at: string): Mistake[] {
  return checkSchema(schema, value).map(({ path, ...problem }) => ({ code: 'values-schema', at: joinPath(at, path), ...problem }))
}
