import { plainSecrets } from '../plain-secrets.ts'
import { defineRule, type Draft, type PlanRule } from '../rule.ts'
import { settingOf } from '../settings.ts'
import { sourceOf } from '../sources.ts'

export default defineRule<PlanRule>({
  name: 'secret-in-values',
  severity: 'error',
  description: 'Helm values name Secrets and never hold one, since they are committed and stand in a ConfigMap.',
  on: 'plan',

  check({ spec, regions }) {
    const found = regions.flatMap(({ region, units }) =>
      units.flatMap(({ name, stages }) =>
        stages.flatMap(({ releases }) =>
          releases.flatMap((release) =>
            plainSecrets(release.values, '').map(({ at, text }): Draft => {
              const setting = settingOf(spec, { region: region.name, unit: name, release: release.name, path: at })
              return {
                ...(setting === undefined ? { file: sourceOf(name), at: '' } : { at: setting }),
                message: `Unexpected ${text} at \`${at}\` in the helm values of \`${release.name}\`, expected a reference to a Secret`,
                fix: 'name a Secret in its place, by whatever key the chart has for that',
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
