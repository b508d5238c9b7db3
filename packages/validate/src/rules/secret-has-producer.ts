import { nearestWord } from '@openova/core'
import { defineRule, type Draft, type PlanRule } from '../rule.ts'
import { secretReferences, secretsOf } from '../secrets.ts'
import { settingOf } from '../settings.ts'
import { sourceOf } from '../sources.ts'

export default defineRule<PlanRule>({
  name: 'secret-has-producer',
  severity: 'error',
  description: 'Every Secret that is named is made by something: an ExternalSecret, a Certificate, or a person on day 0.',
  on: 'plan',

  check({ spec, regions }) {
    const found = regions.flatMap((region) => {
      const secrets = secretsOf(region)
      return secretReferences(region)
        .filter(({ namespace, name }) => !secrets.has(`${namespace}/${name}`))
        .map(({ unit, release, by, at, namespace, name }): Draft => {
          const setting = release === undefined ? undefined : settingOf(spec, { region: region.region.name, unit, release, path: at })
          const beside = [...secrets].filter((id) => id.startsWith(`${namespace}/`)).map((id) => id.slice(namespace.length + 1))
          const meant = nearestWord(name, beside)
          return {
            ...(setting === undefined ? { file: sourceOf(unit), at: '' } : { at: setting }),
            message: `Unexpected Secret \`${namespace}/${name}\` at \`${at}\` of ${by}, expected one that something makes`,
            fix:
              meant === undefined
                ? `name a Secret that ${unit} has, or declare it as a \`secret\` need there`
                : `did you mean \`${meant}\`?`,
          }
        })
    })
    return [...new Map(found.map((draft) => [draft.message, draft])).values()]
  },

  examples: {
    pass: `
units:
  harbor:
    resources: { needs: [{ apiVersion: external-secrets.io/v1, kind: ExternalSecret, name: admin }] }
    releases: [{ name: harbor, values: { existingSecretAdminPassword: admin } }]`,
    fail: `
units:
  harbor:
    resources: { needs: [{ apiVersion: external-secrets.io/v1, kind: ExternalSecret, name: admin }] }
    releases: [{ name: harbor, values: { existingSecretAdminPassword: admn } }]`,
  },
})
