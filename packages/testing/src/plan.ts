import { catalog as everything } from '@openova/catalog'
import { type Catalog, createPlan, type Plan, type PlatformSpec } from '@openova/core'

/** The plan of a platform that is expected to have one: an error in it is a failed test that says what and where. */
export function planOf(platform: PlatformSpec, catalog: Catalog = everything): Plan {
  const { plan, findings } = createPlan(platform, catalog)
  const errors = findings.filter(({ severity }) => severity === 'error')
  if (plan === undefined || errors.length > 0) {
    throw new Error(
      [
        'The platform has no plan:',
        ...errors.map(({ at, code, message, fix }) => `${at}\n  error ${code}: ${message}\n  fix: ${fix}`),
      ].join('\n'),
    )
  }
  return plan
}
