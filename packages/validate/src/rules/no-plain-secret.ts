import { isMap } from '@openova/core'
import { plainSecrets } from '../plain-secrets.ts'
import { defineRule, type Draft, type ObjectRule } from '../rule.ts'

export default defineRule<ObjectRule>({
  name: 'no-plain-secret',
  severity: 'error',
  description: 'No secret stands in Git in plain text: neither in a Secret nor in the values of a release.',
  on: 'object',
  kinds: ['Secret', 'HelmRelease'],

  check(object, { source }) {
    if (object.kind === 'HelmRelease')
      return isMap(object.spec) ? plainSecrets(object.spec.values, 'spec.values').map((found) => plain(found.at, found.text, source)) : []
    if ('sops' in object) return []
    return ['data', 'stringData'].flatMap((key): Draft[] => {
      const content = object[key]
      if (!isMap(content) || Object.values(content).every(isReference)) return []
      return [
        {
          at: key,
          message: `Unexpected Secret \`${object.metadata.name}\` with ${key}, expected none with content in Git`,
          fix: `let External Secrets make it: as a \`secret\` need of the component, instead of the object in ${source}`,
        },
      ]
    })
  },

  examples: {
    pass: '{ kind: HelmRelease, spec: { values: { existingSecret: admin } } }',
    fail: '{ kind: Secret, stringData: { password: hunter2 } }',
  },
})

/** Filled in by a tool before it is applied: `op://vault/item/key`, `ref+vault://...`. */
const isReference = (value: unknown) => typeof value === 'string' && /^(?:op|ref\+\w+|vault):|^\$\{[^}]+\}$/.test(value)

const plain = (at: string, text: string, source: string): Draft => ({
  at,
  message: `Unexpected ${text}, expected a reference to a Secret`,
  fix: `name an existing Secret in its place, in ${source}`,
})
