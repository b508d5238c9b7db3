import { objectsOf, oneRegion, planOf, testComponent, testPlatform } from '@openova/testing'
import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import component from '../src/index.ts'

testComponent(component, {
  cases: [
    {
      name: 'with-keycloak',
      spec: (base) => {
        base.spec.components.keycloak = {}
        return base
      },
    },
    { name: 'one-region', spec: oneRegion },
    {
      name: 'without-cnpg',
      spec: (base) => {
        delete base.spec.components['cnpg']
        return base
      },
    },
    {
      name: 'valkey',
      spec: (base) => {
        base.spec.components['valkey'] = {}
        return base
      },
    },
    {
      name: 'scanner',
      spec: (base) => {
        base.spec.components['harbor'] = { values: { scanner: { enabled: true } } }
        return base
      },
    },
    {
      name: 'two-replicas',
      spec: (base) => {
        base.spec.components['harbor'] = { values: { replicas: 2, jobReplicas: 2 } }
        return base
      },
    },
    {
      name: 'one-proxy-cache',
      spec: (base) => {
        base.spec.components['harbor'] = { values: { proxyCaches: ['ghcr.io'], projects: ['platform', 'apps'] } }
        return base
      },
    },
  ],
})

const harborIn = (platform = testPlatform()) =>
  planOf(platform)
    .regions[0]?.units.find(({ name }) => name === 'harbor')
    ?.stages.find(({ stage }) => stage === 'install')?.releases[0]

test('leaves none of the passwords that everybody knows', () => {
  const platform = testPlatform()
  delete platform.spec.components['cnpg']
  expect(harborIn(platform)?.values).toMatchObject({
    existingSecretAdminPassword: 'admin',
    existingSecretSecretKey: 'core',
    core: { existingSecret: 'core', existingXsrfSecret: 'core', secretName: 'token' },
    jobservice: { existingSecret: 'jobservice' },
    registry: { existingSecret: 'registry', credentials: { existingSecret: 'registry' } },
    database: {
      external: { existingSecret: 'internal-database' },
      internal: { extraEnvVars: [{ name: 'POSTGRES_PASSWORD', valueFrom: { secretKeyRef: { name: 'internal-database' } } }] },
    },
  })
})

test('has no database of its own where CNPG gives one', () => {
  expect(harborIn()?.workloads.map(({ name }) => name)).not.toContain('harbor-database')
  expect(harborIn()?.values['database']).toMatchObject({ type: 'external', external: { host: 'registry-rw.harbor.svc', port: '5432' } })
})

test('sends to the address to which the other region binds its tokens', () => {
  const job = objectsOf(planOf(testPlatform()), { region: 'region-a', unit: 'harbor' }).find(
    ({ name, kind }) => kind === 'Job' && name === 'replication',
  )
  expect(job?.stage).toBe('peer')
  expect(JSON.stringify(job?.body)).toContain('https://harbor.hnrp.example.com')
})

test('every script parses', () => {
  const jobs = objectsOf(planOf(testPlatform()), { region: 'region-a', unit: 'harbor' }).filter(({ kind }) => kind === 'Job')
  expect(jobs.map(({ name }) => name)).toEqual(['projects', 'replication'])
  for (const { body } of jobs) {
    const script = JSON.parse(`"${/"-euc","((?:[^"\\]|\\.)*)"/.exec(JSON.stringify(body))?.[1] ?? ''}"`) as string
    expect(() => execFileSync('/bin/sh', ['-n'], { input: script })).not.toThrow()
  }
})
