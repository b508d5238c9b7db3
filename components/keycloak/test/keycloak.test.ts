import { client, defineComponent, host, type PlatformSpec, valuesOf } from '@openova/core'
import { catalogWith, objectsOf, oneRegion, planOf, testComponent, testPlatform } from '@openova/testing'
import { execFileSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import component from '../src/index.ts'

testComponent(component, {
  cases: [
    { name: 'one-region', spec: oneRegion },
    { name: 'written-in-b', spec: (base) => ({ ...base, spec: { ...base.spec, writeRegion: 'region-b' } }) },
    {
      name: 'mutual-tls',
      spec: (base) => {
        base.spec.components['keycloak'] = { values: { mutualTls: { enabled: true } } }
        return base
      },
    },
    {
      name: 'another-realm',
      spec: (base) => {
        base.spec.components['keycloak'] = { values: { realm: 'people', replicas: 3, session: { maxHours: 24 } } }
        return base
      },
    },
  ],
})

const none = valuesOf<Record<never, never>>({ type: 'object', additionalProperties: false, properties: {} })
const consumers = [
  defineComponent({
    name: 'temporal',
    tier: 'a-la-carte',
    category: 'workflow',
    namespace: 'temporal',
    values: none,
    needs: {
      web: host({ name: 'temporal', service: 'temporal-web', port: 8080 }),
      login: client({
        name: 'temporal',
        returnsTo: [{ host: 'temporal', paths: ['/auth/sso/callback'] }],
        roles: ['admin'],
        secret: (oidc) => ({ TEMPORAL_AUTH_CLIENT_SECRET: oidc.clientSecret }),
      }),
    },
  }),
  defineComponent({
    name: 'livekit',
    tier: 'a-la-carte',
    category: 'communication',
    namespace: 'livekit',
    values: none,
    needs: { login: client({ name: 'meet', returnsTo: [{ host: 'meet', paths: ['/*'] }], public: true }) },
  }),
]

function planWith(change: (spec: PlatformSpec) => PlatformSpec = (spec) => spec) {
  const platform = testPlatform()
  Object.assign(platform.spec.components, { temporal: {}, livekit: {} })
  return planOf(change(platform), catalogWith(...consumers))
}
type Plan = ReturnType<typeof planWith>
const find = (plan: Plan, region: string, unit: 'keycloak' | 'temporal' | 'livekit', kind: string, name: string) =>
  objectsOf(plan, { region, unit }).find((one) => one.kind === kind && one.name === name)
const scriptOf = (plan: Plan, region: string): string => {
  const body = JSON.stringify(find(plan, region, 'keycloak', 'Job', 'clients')?.body)
  const text = /"pipefail","-c","((?:[^"\\]|\\.)*)"/.exec(body)?.[1] ?? ''
  return JSON.parse(`"${text}"`) as string
}

describe('a client', () => {
  const plan = planWith()

  test('brings keycloak with it, and waits for no stage of it', () => {
    const temporal = plan.regions[0]?.units.find(({ name }) => name === 'temporal')
    expect(plan.regions[0]?.units.map(({ name }) => name)).toContain('keycloak')
    expect(JSON.stringify(temporal?.stages.map(({ dependsOn }) => dependsOn))).not.toContain('keycloak')
  })

  test('has its secret in the namespace of the component, and read from there by keycloak in both regions', () => {
    expect(find(plan, 'region-a', 'temporal', 'ExternalSecret', 'client-temporal')?.stage).toBe('needs')
    for (const region of ['region-a', 'region-b'])
      expect(find(plan, region, 'keycloak', 'ExternalSecret', 'client-temporal-temporal')?.stage).toBe('config')
  })

  test('returns to the host in every region, and nowhere else', () => {
    expect(scriptOf(plan, 'region-a')).toContain(
      '"redirectUris":["https://temporal.example.com/auth/sso/callback","https://temporal.hfrp.example.com/auth/sso/callback","https://temporal.hnrp.example.com/auth/sso/callback"]',
    )
  })

  test('proves itself by a secret that is read from a file, or else by PKCE', () => {
    const [confidential, open] = ['temporal', 'meet'].map(
      (name) =>
        scriptOf(plan, 'region-a')
          .split('\n')
          .find((line) => line.startsWith(`client ${name} `)) ?? '',
    )
    expect(confidential).toContain('"secret":"\'"$(</clients/client-temporal-temporal/clientSecret)"')
    expect(confidential).not.toContain('pkce')
    expect(open).toContain('"pkce.code.challenge.method":"S256"')
    expect(open).not.toContain('secret')
  })

  test('has its roles in the claim `roles`', () => {
    expect(scriptOf(plan, 'region-a')).toMatch(/mapper roles '.*"claim.name":"roles".*"usermodel.clientRoleMapping.clientId":"temporal"/)
    expect(scriptOf(plan, 'region-a')).toContain("role 'admin'")
  })

  test('is taken away with its component', () => {
    const kept = /^kept=\$'(.*)'$/m.exec(scriptOf(plan, 'region-a'))?.[1]?.split('\\n')
    expect(kept).toEqual(expect.arrayContaining(['meet', 'temporal']))
    expect(kept).not.toContain('iceberg')
  })

  test('is made where keycloak writes, by a script that parses', () => {
    expect(find(plan, 'region-b', 'keycloak', 'Job', 'clients')).toBeUndefined()
    expect(() => execFileSync('/bin/bash', ['-n'], { input: scriptOf(plan, 'region-a') })).not.toThrow()
  })
})

test('pods of both regions ask the servers of the write region by one name, which leads to those who write', () => {
  const service = (plan: Plan, region: string) => find(plan, region, 'keycloak', 'Service', 'auth-write')?.body['spec']
  const before = planWith()
  expect(service(before, 'region-a')).toHaveProperty('selector')
  expect(service(before, 'region-b')).not.toHaveProperty('selector')
  const after = planWith((platform) => ({ ...platform, spec: { ...platform.spec, writeRegions: { keycloak: 'region-b' } } }))
  expect(service(after, 'region-a')).not.toHaveProperty('selector')
  expect(service(after, 'region-b')).toHaveProperty('selector')
  expect(find(after, 'region-a', 'keycloak', 'Keycloak', 'keycloak')?.body['spec']).toHaveProperty('instances', 0)
  expect(find(after, 'region-b', 'keycloak', 'KeycloakRealmImport', 'openova')).toBeDefined()
})
