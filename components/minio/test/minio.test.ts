import { bucket, defineComponent, type Platform, valuesOf } from '@openova/core'
import { catalogWith, objectsOf, oneRegion, planOf, testComponent, testPlatform } from '@openova/testing'
import { execFileSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import component from '../src/index.ts'
import { archivalJob } from '../src/archive.ts'

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
      name: 'larger',
      spec: (base) => {
        base.spec.components['minio'] = { values: { replicas: 4, storage: '500Gi', cpu: '300m', memory: '768Mi' } }
        return base
      },
    },
  ],
})

const consumer = (name: 'vllm' | 'kserve') =>
  defineComponent({
    name,
    tier: 'a-la-carte',
    category: 'ai-ml',
    namespace: name,
    values: valuesOf<Record<never, never>>({ type: 'object', additionalProperties: false, properties: {} }),
    needs: { models: bucket({ name: 'models', replicated: name === 'kserve', tier: name === 'kserve' }) },
  })

describe('a bucket that two components ask for', () => {
  const platform = testPlatform()
  Object.assign(platform.spec.components, { vllm: {}, kserve: {} })
  const plan = planOf(platform, catalogWith(consumer('vllm'), consumer('kserve')))
  const minio = plan.regions[0]?.units.find(({ name }) => name === 'minio')
  const helm = minio?.stages.find(({ stage }) => stage === 'install')?.releases[0]?.values
  const scriptOf = (name: string) => {
    const job = objectsOf(plan, { region: 'region-a', unit: 'minio' }).find((one) => one.kind === 'Job' && one.name === name)
    return JSON.stringify(job?.body)
  }

  test('is made once, versioned because one of them wants it replicated', () => {
    const buckets = helm?.['buckets']
    expect(buckets).toContainEqual(expect.objectContaining({ name: 'models', versioning: true }))
    expect(JSON.stringify(buckets).match(/"models"/g)).toHaveLength(1)
  })

  test('has a user for each, who may use nothing else', () => {
    expect(helm?.['users']).toContainEqual({
      accessKey: 'vllm-models',
      existingSecret: 'bucket-vllm-models',
      existingSecretKey: 'secretKey',
      policy: 'vllm-models',
    })
    expect(helm?.['policies']).toContainEqual({
      name: 'vllm-models',
      statements: [{ effect: 'Allow', actions: ['s3:*'], resources: ['arn:aws:s3:::models', 'arn:aws:s3:::models/*'] }],
    })
  })

  test('is replicated to the other region by its own name, and moved to the archive; others are not', () => {
    expect(scriptOf('replication')).toContain('mc replicate add local/models')
    expect(scriptOf('replication')).toContain('minio-region-b.minio.svc:9000/models')
    expect(scriptOf('replication')).not.toContain('replicate add local/harbor-registry')
    expect(scriptOf('archive')).toContain('mc ilm rule import local/models')
    expect(scriptOf('archive')).not.toContain('local/harbor-registry')
  })
})

test('makes no user that the chart or nobody asked for', () => {
  const text = JSON.stringify(planOf(testPlatform()).regions[0]?.units.find(({ name }) => name === 'minio')?.stages)
  expect(text).not.toContain('console123')
  expect(text).not.toContain('consoleAdmin')
})

describe.each<[Platform['archival'], string]>([
  ['cloudflare-r2', 'tier add s3 '],
  ['s3', 'tier add s3 '],
  ['gcs', 'tier add gcs '],
  ['azure-blob', 'tier add azure '],
])('the archive on %s', (provider, command) => {
  const secrets = { root: 'root', archival: 'archival' }
  const job = archivalJob({ provider, prefix: 'region-a', days: 30, buckets: ['models'], secrets })
  const script = /"-euc","((?:[^"\\]|\\.)*)"/.exec(JSON.stringify(job.body))?.[1] ?? ''

  test('is a tier of its kind, below the prefix of the region', () => {
    expect(script).toContain(command)
    expect(script).toContain('--prefix region-a/')
  })

  test('is made by a shell script that parses', () => {
    expect(() => execFileSync('/bin/sh', ['-n'], { input: JSON.parse(`"${script}"`) as string })).not.toThrow()
  })
})

test('an Azure tier that is there gets a new key, never another account', () => {
  const job = archivalJob({
    provider: 'azure-blob',
    prefix: 'region-a',
    days: 30,
    buckets: [],
    secrets: { root: 'root', archival: 'archival' },
  })
  const [update, add] = JSON.stringify(job.body).match(/mc ilm tier (?:update|add) [^;]*?\\n/g) ?? []
  expect(update).not.toContain('--account-name')
  expect(add).toContain('--account-name')
})
