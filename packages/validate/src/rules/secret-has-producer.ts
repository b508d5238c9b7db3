import { didYouMean } from '../nearest.ts'
import { defineRule, type Draft, type PlanRule } from '../rule.ts'
import { secretReferences, secretsOf } from '../secrets.ts'
import { sourceOf } from '../sources.ts'

export default defineRule<PlanRule>({
  name: 'secret-has-producer',
  severity: 'error',
  description: 'Every Secret that is named is made by something: an ExternalSecret, a Certificate, or a person on day 0.',
  on: 'plan',

  check({ regions }) {
    const found = regions.flatMap((region) => {
      const secrets = secretsOf(region)
      return secretReferences(region)
        .filter(({ namespace, name }) => !secrets.has(`${namespace}/${name}`))
        .map(({ unit, by, at, namespace, name }): Draft => {
          const beside = [...secrets].filter((id) => id.startsWith(`${namespace}/`)).map((id) => id.slice(namespace.length + 1))
          return {
            file: sourceOf(unit),
            at: '',
            message: `Unexpected Secret \`${namespace}/${name}\` at \`${at}\` of ${by}, expected one that something makes`,
            fix: `declare it as a \`secret\` need of ${unit}, or ${beside.length > 0 ? didYouMean(name, beside) : 'take the reference out'}`,
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
