import { readFileSync } from 'node:fs'
import type { PlatformSpec } from '@openova/core'
import { findingsOn, objectsOf, oneRegion, planOf, testComponent, testPlatform } from '@openova/testing'
import { describe, expect, test } from 'vitest'
import component from '../src/index.ts'

const sql = { name: 'orders', args: ["CREATE TABLE orders WITH ('properties.sasl.password' = '${KAFKA_PASSWORD}')"], parallelism: 2 }
const jar = {
  name: 'clicks',
  jar: 'https://example.org/clicks.jar',
  entryClass: 'org.example.Clicks',
  savepoint: 's3://flink/region-b/savepoints/x',
}

const withValues =
  (values: Record<string, unknown>) =>
  (base: PlatformSpec): PlatformSpec => {
    base.spec.components['flink'] = { values }
    return base
  }

testComponent(component, {
  cases: [
    { name: 'one-region', spec: oneRegion },
    { name: 'jobs', spec: withValues({ jobs: [sql, jar] }) },
    {
      name: 'with-strimzi',
      spec: (base) => {
        base.spec.components['strimzi'] = {}
        return withValues({ reads: ['cdc.*', 'orders'], writes: ['paid'] })(base)
      },
    },
    { name: 'larger', spec: withValues({ jobManager: { replicas: 2 }, taskManager: { replicas: 4, slots: 4, cpu: '4', memory: '8Gi' } }) },
  ],
})

const planWith = (values: Record<string, unknown> = {}, change: (spec: PlatformSpec) => PlatformSpec = (spec) => spec) =>
  planOf(change(withValues(values)(testPlatform())))
type Plan = ReturnType<typeof planWith>
const own = (plan: Plan, region: string) => objectsOf(plan, { region, unit: 'flink' })
const jobsIn = (plan: Plan, region: string) => own(plan, region).filter(({ kind }) => kind === 'FlinkSessionJob')
const clusterIn = (plan: Plan, region: string) => own(plan, region).find(({ kind }) => kind === 'FlinkDeployment')?.body['spec']
const releaseIn = (plan: Plan) =>
  plan.regions[0]?.units
    .find(({ name }) => name === 'flink')
    ?.stages.flatMap(({ releases }) => releases)
    .find(({ name }) => name === 'flink')

describe('jobs', () => {
  const plan = planWith({ jobs: [sql, jar] })

  test('run in the region that writes, and in no other', () => {
    expect(jobsIn(plan, 'region-a').map(({ name }) => name)).toEqual(['orders', 'clicks'])
    expect(jobsIn(plan, 'region-b')).toEqual([])
    const turned = planWith({ jobs: [sql] }, (spec) => ({ ...spec, spec: { ...spec.spec, writeRegions: { flink: 'region-b' } } }))
    expect(jobsIn(turned, 'region-a')).toEqual([])
    expect(jobsIn(turned, 'region-b')).toHaveLength(1)
  })

  test('leave a savepoint behind, and start from one that is named', () => {
    expect(jobsIn(plan, 'region-a')[1]?.body['spec']).toEqual({
      deploymentName: 'flink',
      flinkConfiguration: { 'kubernetes.operator.job.savepoint-on-deletion': 'true' },
      job: {
        jarURI: 'https://example.org/clicks.jar',
        entryClass: 'org.example.Clicks',
        args: [],
        parallelism: 1,
        upgradeMode: 'savepoint',
        state: 'running',
        initialSavepointPath: 's3://flink/region-b/savepoints/x',
      },
    })
  })

  test('bring their code: by an image of ours for files, from the internet for addresses', () => {
    expect(releaseIn(plan)?.values).toMatchObject({
      operatorPod: { initContainers: [{ image: 'ghcr.io/openova-io/flink-jobs:v1.0.0' }] },
    })
    expect(releaseIn(planWith({ jobs: [jar] }))?.values).not.toHaveProperty('operatorPod.initContainers')
    const policy = own(plan, 'region-a').find(({ kind }) => kind === 'CiliumNetworkPolicy')
    expect(JSON.stringify(policy?.body)).toContain('{"matchName":"example.org"}')
  })

  test('that want more slots than there are, or share a name, are refused', () => {
    const messages = (values: Record<string, unknown>) =>
      findingsOn('flink', withValues(values)(testPlatform())).map(({ message }) => message)
    expect(messages({ jobs: [{ ...sql, parallelism: 5 }] })).toEqual([
      'Unexpected 5 slots for the jobs, expected at most the 4 that there are (2 task managers of 2)',
    ])
    expect(messages({ jobs: [sql, sql] })).toEqual(['Unexpected second job `orders`, expected a name for each'])
    expect(messages({ jobs: [sql, jar] })).toEqual([])
  })
})

test('each region keeps its state in a folder of its own, for the bucket is one', () => {
  const plan = planWith()
  for (const region of ['region-a', 'region-b']) {
    expect(clusterIn(plan, region)).toMatchObject({
      flinkConfiguration: {
        'high-availability.storageDir': `s3://flink/${region}/ha`,
        'execution.checkpointing.savepoint-dir': `s3://flink/${region}/savepoints`,
      },
    })
  }
})

test('jobs have the credentials of ClickHouse where it is chosen', () => {
  const plan = planWith({}, (spec) => {
    spec.spec.components['clickhouse'] = {}
    return spec
  })
  expect(JSON.stringify(clusterIn(plan, 'region-a'))).toContain(
    '{"name":"CLICKHOUSE_PASSWORD","valueFrom":{"secretKeyRef":{"name":"analytics-flink","key":"password"}}}',
  )
})

test('jobs have the credential of Kafka where Strimzi is chosen', () => {
  const names = (plan: Plan) => [...JSON.stringify(clusterIn(plan, 'region-a')).matchAll(/"name":"(KAFKA_\w+)"/g)].map(([, name]) => name)
  const withKafka = planWith({}, (spec) => {
    spec.spec.components['strimzi'] = {}
    return spec
  })
  expect(names(planWith())).toEqual([])
  expect(names(withKafka)).toEqual(['KAFKA_BOOTSTRAP', 'KAFKA_GROUP', 'KAFKA_USERNAME', 'KAFKA_PASSWORD'])
})

describe('Iceberg', () => {
  const withIceberg = planWith({}, (spec) => {
    spec.spec.components['iceberg'] = {}
    return spec
  })

  test('knows the pods by a token for it alone, where it is chosen', () => {
    const spec = JSON.stringify(clusterIn(withIceberg, 'region-a'))
    expect(spec).toContain('{"serviceAccountToken":{"audience":"iceberg","path":"token","expirationSeconds":3600}}')
    expect(spec).toContain('{"name":"ICEBERG_TOKEN_FILE","value":"/iceberg/token"}')
    expect(JSON.stringify(clusterIn(planWith(), 'region-a'))).not.toContain('iceberg')
  })
})

test('the jar of the image is made for the Flink that runs it', () => {
  const pom = readFileSync(new URL('../image/pom.xml', import.meta.url), 'utf8')
  const [, version] = /<flink.version>(.+)<\/flink.version>/.exec(pom)!
  expect(clusterIn(planWith(), 'region-a')).toMatchObject({ image: `docker.io/library/flink:${version}-java17` })
})

test('a product brings jobs of its own: their code comes without one in `jobs`', () => {
  expect(releaseIn(planWith({ code: { enabled: true } }))?.values).toHaveProperty('operatorPod.initContainers')
})
