import type { Finding } from './finding.ts'
import { checkSchema, joinPath } from './spec/check.ts'

/** Findings about a component's values; `at` is where they stand, such as `spec.components.harbor.values`. */
export function validateValues(schema: object, value: unknown, at: string): Finding[] {
  return checkSchema(schema, value).map(({ path, message, fix }) => ({
    code: 'values-schema',
    severity: 'error',
    file: '',
    at: joinPath(at, path),
    message,
    fix,
  }))
}
