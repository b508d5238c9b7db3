import { day0, defineComponent, generate, secret, supply, template, valuesOf } from '@openova/core'
import { catalogWith, objectsOf, oneRegion, planOf, testComponent, testPlatform } from '@openova/testing'
import { describe, expect, test } from 'vitest'
import component from '../src/index.ts'

testComponent(component, {
  cases: [
    { name: 'one-region', spec: oneRegion },
    {
      name: 'two-replicas',
      spec: (base) => {
        base.spec.components['external-secrets'] = { values: { replicas: 2 } }
        return base
      },
    },
  ],
})

const consumer = defineComponent({
  name: 'keycloak',
  tier: 'a-la-carte',
  category: 'identity',
  namespace: 'keycloak',
  values: valuesOf<Record<never, never>>({ type: 'object', additionalProperties: false, properties: {} }),
  needs: {
    plain: secret('plain', { password: generate(24), token: generate(24), short: generate(16) }, { type: 'kubernetes.io/basic-auth' }),
    mixed: secret('mixed', { password: generate(24), line: template('{{ htpasswd "me" .password }}') }),
    person: secret('person', { token: supply('A token') }),
    brought: secret('brought', { key: day0('By hand') }),
    shared: secret('shared', { key: generate(32) }, { scope: 'shared' }),
    theirs: secret('theirs', { key: generate(32) }, { scope: 'shared', origin: 'region-b' }),
    reader: secret('reader', { line: template('{{ .password }}@host') }, { readOnly: true, path: 'region/keycloak/mixed' }),
  },
})

const platform = testPlatform()
platform.spec.components['keycloak'] = {}
const plan = planOf(platform, catalogWith(consumer))
const namesOf = (region: string, secretName: string) =>
  objectsOf(plan, { region, unit: 'keycloak' })
    .filter(({ name }) => name === secretName || name.startsWith(`keycloak-${secretName}`))
    .map(({ kind, name, namespace, stage }) => `${stage}: ${kind} ${namespace}/${name}`)
const specOf = (region: string, kind: string, wanted: string) =>
  objectsOf(plan, { region, unit: 'keycloak' }).find((one) => one.kind === kind && one.name === wanted)?.body['spec']

describe('a generated secret', () => {
  test('is made once, kept in OpenBao, and read from there', () => {
    expect(namesOf('region-a', 'plain')).toEqual([
      'needs: Password external-secrets/keycloak-plain-24',
      'needs: Password external-secrets/keycloak-plain-16',
      'needs: ExternalSecret external-secrets/keycloak-plain',
      'needs: PushSecret external-secrets/keycloak-plain',
      'needs: ExternalSecret keycloak/plain',
    ])
    expect(specOf('region-a', 'ExternalSecret', 'keycloak-plain')).toMatchObject({ refreshPolicy: 'CreatedOnce' })
    expect(specOf('region-a', 'PushSecret', 'keycloak-plain')).toMatchObject({ updatePolicy: 'IfNotExists', deletionPolicy: 'None' })
  })

  test('asks one generator for all keys of a length', () => {
    expect(specOf('region-a', 'Password', 'keycloak-plain-24')).toMatchObject({ length: 24, secretKeys: ['password', 'token'] })
  })

  test('keeps the type that the consumer wants', () => {
    expect(specOf('region-a', 'ExternalSecret', 'plain')).toMatchObject({ target: { template: { type: 'kubernetes.io/basic-auth' } } })
  })
})

test('a template beside a generated key is made of what was read, and pushed nowhere', () => {
  expect(specOf('region-a', 'ExternalSecret', 'mixed')).toMatchObject({
    dataFrom: [{ extract: { key: 'region/keycloak/mixed' } }],
    target: { template: { data: { password: '{{ .password }}', line: '{{ htpasswd "me" .password }}' } } },
  })
  expect(specOf('region-a', 'PushSecret', 'keycloak-mixed')).toMatchObject({ data: [{ match: { secretKey: 'password' } }] })
})

test('what a person supplies is only read', () => {
  expect(namesOf('region-a', 'person')).toEqual(['needs: ExternalSecret keycloak/person'])
  expect(specOf('region-a', 'ExternalSecret', 'person')).toMatchObject({
    data: [{ secretKey: 'token', remoteRef: { key: 'supplied/keycloak/person', property: 'token' } }],
  })
})

test('what is brought on day 0 is not rendered', () => {
  expect(namesOf('region-a', 'brought')).toEqual([])
})

test('a reader of another path makes nothing', () => {
  expect(namesOf('region-a', 'reader')).toEqual(['needs: ExternalSecret keycloak/reader'])
  expect(specOf('region-a', 'ExternalSecret', 'reader')).toMatchObject({ dataFrom: [{ extract: { key: 'region/keycloak/mixed' } }] })
})

describe('a shared secret', () => {
  const produced = (name: string) => [
    `needs: Password external-secrets/keycloak-${name}-32`,
    `needs: ExternalSecret external-secrets/keycloak-${name}`,
    `needs: PushSecret external-secrets/keycloak-${name}`,
    `needs: ExternalSecret keycloak/${name}`,
    `peer: PushSecret keycloak/${name}`,
  ]

  test('is made in its origin, the first region by default, and only read in the other', () => {
    expect(namesOf('region-a', 'shared')).toEqual(produced('shared'))
    expect(namesOf('region-b', 'shared')).toEqual(['needs: ExternalSecret keycloak/shared'])
    expect(namesOf('region-b', 'theirs')).toEqual(produced('theirs'))
    expect(namesOf('region-a', 'theirs')).toEqual(['needs: ExternalSecret keycloak/theirs'])
  })

  test('lies at the same path in both regions, where the last word is the origin’s', () => {
    const remoteRef = { remoteKey: 'shared/region-a/keycloak/shared', property: 'key' }
    expect(specOf('region-a', 'PushSecret', 'shared')).toMatchObject({
      secretStoreRefs: [{ name: 'bao-remote' }],
      updatePolicy: 'Replace',
      data: [{ match: { secretKey: 'key', remoteRef } }],
    })
    expect(specOf('region-b', 'ExternalSecret', 'shared')).toMatchObject({ data: [{ remoteRef: { key: remoteRef.remoteKey } }] })
  })
})
