import { getIn, type PlatformSpec } from '@openova/core'
import { objectsOf, oneRegion, planOf, testComponent, testPlatform } from '@openova/testing'
import { execFileSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import component from '../src/index.ts'

const withKeycloak = (base: PlatformSpec): PlatformSpec => {
  base.spec.components['keycloak'] = {}
  return base
}

testComponent(component, {
  cases: [
    { name: 'one-region', spec: oneRegion },
    { name: 'written-in-b', spec: (base) => ({ ...base, spec: { ...base.spec, writeRegion: 'region-b' } }) },
    { name: 'with-keycloak', spec: withKeycloak },
    {
      name: 'another-warehouse',
      spec: (base) => {
        base.spec.components['iceberg'] = { values: { replicas: 3, warehouse: 'lake', keepDroppedDays: 0, storage: '50Gi' } }
        return base
      },
    },
  ],
})

function planWith(change: (spec: PlatformSpec) => PlatformSpec = (spec) => spec) {
  const platform = testPlatform()
  platform.spec.components['iceberg'] = {}
  return planOf(change(platform))
}
type Plan = ReturnType<typeof planWith>
const at = (plan: Plan, region: string, path: string) => {
  const stages = plan.regions.find((one) => one.region.name === region)?.units.find(({ name }) => name === 'iceberg')?.stages
  return getIn(stages?.find(({ stage }) => stage === 'install')?.releases[0]?.values ?? {}, path)
}
const jobIn = (plan: Plan, region: string) => objectsOf(plan, { region, unit: 'iceberg' }).find(({ kind }) => kind === 'Job')

describe('the catalog', () => {
  test('is never open: without Keycloak pods show their own tokens', () => {
    const plan = planWith()
    expect(at(plan, 'region-a', 'auth')).toEqual({ k8s: { enabled: true, audience: 'iceberg' } })
  })

  test('knows tokens of the realm too, by the address that they carry', () => {
    const plan = planWith(withKeycloak)
    expect(at(plan, 'region-a', 'auth.oauth2')).toMatchObject({
      providerUri: 'http://auth-write.keycloak.svc:8080/realms/openova',
      audience: 'iceberg',
    })
    expect(at(plan, 'region-a', 'catalog.config.LAKEKEEPER__UI__OPENID_PROVIDER_URI')).toBe('https://auth.example.com/realms/openova')
  })

  test('runs, migrates and has a warehouse where its database is written, and nowhere else', () => {
    const before = planWith()
    const after = planWith((platform) => ({ ...platform, spec: { ...platform.spec, writeRegions: { iceberg: 'region-b' } } }))
    for (const [plan, writes, follows] of [
      [before, 'region-a', 'region-b'],
      [after, 'region-b', 'region-a'],
    ] as const) {
      expect(at(plan, writes, 'catalog.replicas')).toBe(2)
      expect(at(plan, writes, 'catalog.dbMigrations.enabled')).toBe(true)
      expect(jobIn(plan, writes)).toBeDefined()
      expect(at(plan, follows, 'catalog.replicas')).toBe(0)
      expect(at(plan, follows, 'catalog.dbMigrations.enabled')).toBe(false)
      expect(jobIn(plan, follows)).toBeUndefined()
    }
  })
})

describe('the warehouse', () => {
  const body = JSON.stringify(jobIn(planWith(), 'region-a')?.body)
  const text = JSON.parse(`"${/"-euc","((?:[^"\\]|\\.)*)"/.exec(body)?.[1] ?? ''}"`) as string

  test('is made by a shell script that parses', () => {
    expect(() => execFileSync('/bin/sh', ['-n'], { input: text })).not.toThrow()
  })

  test.each([
    ['made where it is missing', '', ['bootstrap', 'warehouse']],
    ['given the credential of today where it is there', '"warehouse-id":"1-2","name":"warehouse"', ['bootstrap', 'warehouse/1-2/storage']],
  ])('is %s', (_, known, calls) => {
    // `curl` says whom it would call; what it would send must be JSON.
    const curl = `curl() {
  for last; do :; done
  case "$*" in
    *'GET http'*/info*) printf '{"bootstrapped":false}' ;;
    *'GET http'*/warehouse) printf '{"warehouses":[{${known}}]}' ;;
    *) echo "$*" | sed 's/.*management.v1.\\([^ ]*\\).*/CALL \\1/' >&2; printf 'BODY %s\\n' "$last" >&2 ;;
  esac
}
cat() { echo token; }
`
    const run = `${curl}${text}`
    const out = execFileSync('/bin/sh', ['-euc', `{ ${run} } 2>&1`], {
      encoding: 'utf8',
      env: { ACCESS_KEY: 'a', SECRET_KEY: 'b', PATH: process.env['PATH'] },
    })
    const called = [...out.matchAll(/^CALL (.*)$/gm)].map(([, path]) => path)
    const sent = [...out.matchAll(/^BODY (.*)$/gm)].map(([, json]) => JSON.parse(json ?? '') as unknown)
    expect(called).toEqual(expect.arrayContaining(calls))
    expect(sent.at(1)).toMatchObject({
      'storage-profile': { bucket: 'warehouse', endpoint: 'https://minio.minio.svc:9000' },
      'storage-credential': { 'access-key-id': 'a', 'secret-access-key': 'b' },
    })
  })
})
