import { plainSecrets } from '../plain-secrets.ts'
import { defineRule, type Draft, type PlanRule } from '../rule.ts'
import { sourceOf } from '../sources.ts'

export default defineRule<PlanRule>({
  name: 'secret-in-values',
  severity: 'error',
  description: 'Helm values name Secrets and never hold one, since they are committed and stand in a ConfigMap.',
  on: 'plan',

  check({ spec: { spec }, regions }) {
    const found = regions.flatMap(({ units }) =>
      units.flatMap(({ name, stages }) =>
        stages.flatMap(({ releases }) =>
          releases.flatMap((release) =>
            plainSecrets(release.values, '').map(({ at, text }): Draft => {
              const own = spec.components[name]?.helmValues?.[release.name] !== undefined
              return {
                at: own ? `spec.components.${name}.helmValues.${release.name}${at}` : `spec.components.${name}`,
                message: `Unexpected ${text} at \`${at.slice(1)}\` in the helm values of \`${release.name}\`, expected a reference to a Secret`,
                fix: `name an existing Secret in its place, in the platform spec or in ${sourceOf(name)}`,
              }
            }),
          ),
        ),
      ),
    )
    return [...new Map(found.map((draft) => [draft.message, draft])).values()]
  },

  examples: {
    pass: 'units: { harbor: { releases: [{ name: harbor, values: { existingSecretAdminPassword: admin } }] } }',
    fail: 'units: { harbor: { releases: [{ name: harbor, values: { harborAdminPassword: Harbor12345 } }] } }',
  },
})
