import { parseCpu, parseMemory, type PlatformSpec, unitWorkloads } from '@openova/core'
import { objectsOf, oneRegion, planOf, testComponent, testPlatform } from '@openova/testing'
import { describe, expect, test } from 'vitest'
import fabric from '../src/index.ts'
import { statements } from '../src/stream.ts'

function withFabric(values: Record<string, unknown> = {}): PlatformSpec {
  const platform = testPlatform()
  platform.spec.products = ['fabric']
  platform.spec.components.fabric = { values }
  return platform
}

const writtenInB = (platform: PlatformSpec): PlatformSpec => ({ ...platform, spec: { ...platform.spec, writeRegion: 'region-b' } })

testComponent(fabric, {
  cases: [
    { name: 'one-region', spec: oneRegion },
    { name: 'written-in-region-b', spec: writtenInB },
    {
      name: 'other-values',
      spec: (base) => {
        base.spec.components.fabric = { values: { parallelism: 1, keepDays: 30, savepoint: 's3://flink/region-b/savepoints/x' } }
        return base
      },
    },
  ],
})

type Plan = ReturnType<typeof planOf>
const find = (plan: Plan, region: string, unit: Parameters<typeof objectsOf>[1]['unit'], kind: string, name: string) =>
  objectsOf(plan, { region, unit }).find((one) => one.kind === kind && one.name === name)
const text = (value: unknown): string => JSON.stringify(value ?? 'absent')

describe('a change', () => {
  const plan = planOf(withFabric())
  const sql = statements('warehouse').join(';\n')
  const connector = find(plan, 'region-a', 'debezium', 'KafkaConnector', 'source')
  const cluster = text(find(plan, 'region-a', 'flink', 'FlinkDeployment', 'flink')?.body)
  const job = find(plan, 'region-a', 'fabric', 'FlinkSessionJob', 'changes')
  const tables = text(find(plan, 'region-a', 'fabric', 'Job', 'tables')?.body)

  test('is published by Debezium in topics that the job reads, and may read', () => {
    const config: Record<string, unknown> = Object(Reflect.get(Object(connector?.body['spec']), 'config'))
    const [, pattern] = /'topic-pattern' = '(.+)'/.exec(sql)!
    expect(`${String(config['topic.prefix'])}.public.orders`).toMatch(new RegExp(`^${pattern}$`))
    expect(String(config['topic.heartbeat.prefix'])).not.toMatch(new RegExp(`^${pattern}$`))
    expect(text(find(plan, 'region-a', 'flink', 'KafkaUser', 'flink-kafka')?.body)).toContain('"name":"cdc.","patternType":"prefix"')
  })

  test('is read by a job in the cluster of Flink, whose pods have all that its statements name', () => {
    expect(job).toMatchObject({ namespace: 'flink', body: { spec: { deploymentName: 'flink', job: { state: 'running' } } } })
    const named = new Set([...sql.matchAll(/\$\{(\w+)\}/g)].map(([, name]) => name))
    expect(named).toEqual(
      new Set(['ICEBERG_TOKEN_FILE', 'ICEBERG_URI', 'KAFKA_BOOTSTRAP', 'KAFKA_GROUP', 'KAFKA_PASSWORD', 'KAFKA_USERNAME']),
    )
    for (const name of named) expect(cluster).toContain(`{"name":"${name}"`)
  })

  test('finds the code of that job in the operator', () => {
    const release = plan.regions[0]!.units.find(({ name }) => name === 'flink')
      ?.stages.flatMap(({ releases }) => releases)
      .find(({ name }) => name === 'flink')
    expect(text(release?.values)).toContain('ghcr.io/openova-io/flink-jobs:')
  })

  test('goes into the warehouse that the catalog makes, with a token that the catalog takes', () => {
    const [, warehouse] = /'warehouse' = '(.+)'/.exec(sql)!
    expect(text(find(plan, 'region-a', 'iceberg', 'Job', 'warehouse')?.body)).toContain(`\\"warehouse-name\\":\\"${warehouse}\\"`)
    const catalog = plan.regions[0]!.units.find(({ name }) => name === 'iceberg')
      ?.stages.flatMap(({ releases }) => releases)
      .find(({ name }) => name === 'lakekeeper')
    const audience = Reflect.get(Object(Reflect.get(Object(catalog?.values['auth']), 'k8s')), 'audience')
    expect(cluster).toContain(`{"serviceAccountToken":{"audience":"${String(audience)}","path":"token"`)
    expect(cluster).toContain('{"name":"ICEBERG_TOKEN_FILE","value":"/iceberg/token"}')
    expect(cluster).toContain('{"name":"iceberg","mountPath":"/iceberg","readOnly":true}')
    expect(cluster).toContain('{"name":"ICEBERG_URI","value":"http://lakekeeper.iceberg.svc:8181/catalog"}')
    expect(text(find(plan, 'region-a', 'flink', 'CiliumNetworkPolicy', 'flink')?.body)).toContain('"8181"')
  })

  test('goes into one topic, which is made, which Flink may write and ClickHouse reads', () => {
    const topic =
      find(plan, 'region-a', 'fabric', 'KafkaTopic', 'lake.changes') ?? find(plan, 'region-a', 'strimzi', 'KafkaTopic', 'lake.changes')
    expect(topic?.body['spec']).toMatchObject({ partitions: 3 })
    expect(sql).toContain("'topic' = 'lake.changes'")
    const allowed = (unit: 'flink' | 'fabric', name: string) => text(find(plan, 'region-a', unit, 'KafkaUser', name)?.body)
    expect(allowed('flink', 'flink-kafka')).toContain(
      '{"resource":{"type":"topic","name":"lake.changes","patternType":"literal"},"operations":["Describe","DescribeConfigs","Write"]}',
    )
    expect(allowed('fabric', 'fabric-kafka')).toContain(
      '"name":"lake.changes","patternType":"literal"},"operations":["Describe","DescribeConfigs","Read"]',
    )
    expect(tables).toContain("kafka_topic_list = 'lake.changes'")
    expect(tables).toContain("kafka_sasl_username = 'fabric-kafka'")
  })

  test('has the same columns in the topic and in the table of ClickHouse', () => {
    const [, published] = /TABLE published \(\n([^)]+)\n\)/.exec(sql)!
    const names = [...published!.matchAll(/`(\w+)`/g)].map(([, name]) => name)
    for (const name of names) expect(tables).toContain(`\\"${name}\\" `)
    expect(names).toHaveLength(7)
  })

  test('is read by a server that there is, as a user that may', () => {
    const installation = find(plan, 'region-a', 'clickhouse', 'ClickHouseInstallation', 'analytics-a')
    expect(installation).toBeDefined()
    expect(tables).toContain('chi-analytics-a-local-0-0.clickhouse.svc')
    expect(text(installation?.body)).toContain('"fabric/grants/query":["GRANT ALL ON fabric.*","GRANT CLUSTER ON *.*","GRANT KAFKA ON *.*"')
  })
})

test('no column name or password is read by the shell as a command', () => {
  const plan = planOf(withFabric())
  const job = text(find(plan, 'region-a', 'fabric', 'Job', 'tables')?.body)
  expect(job).not.toContain('`')
  expect(job).toContain("kafka_sasl_password = '$KAFKA_PASSWORD'")
})

test('the region that does not write has neither job nor reader, and takes them over', () => {
  const parts = (plan: Plan, region: string) => ({
    job: find(plan, region, 'fabric', 'FlinkSessionJob', 'changes') !== undefined,
    reader: text(find(plan, region, 'fabric', 'Job', 'tables')?.body).includes('CREATE MATERIALIZED VIEW'),
    closed: text(find(plan, region, 'fabric', 'Job', 'tables')?.body).includes('DROP VIEW IF EXISTS fabric.changes_reader'),
  })
  expect(parts(planOf(withFabric()), 'region-a')).toEqual({ job: true, reader: true, closed: true })
  expect(parts(planOf(withFabric()), 'region-b')).toEqual({ job: false, reader: false, closed: true })
  expect(parts(planOf(writtenInB(withFabric())), 'region-a')).toEqual({ job: false, reader: false, closed: true })
  expect(parts(planOf(writtenInB(withFabric())), 'region-b')).toEqual({ job: true, reader: true, closed: true })
})

test('a chain that is written in two regions is refused', () => {
  const platform = withFabric()
  platform.spec.writeRegions = { iceberg: 'region-b' }
  expect(() => planOf(platform)).toThrow(/Unexpected iceberg in region-b with Flink written in region-a/)
})

test('adds its components and what they need, each with the reason', () => {
  const platform = withFabric()
  delete platform.spec.components.cnpg
  const { units } = planOf(platform).regions[0]!
  const reasons = Object.fromEntries(units.map(({ name, reason }) => [name, reason]))
  for (const name of ['strimzi', 'flink', 'temporal', 'debezium', 'iceberg', 'clickhouse']) expect(reasons[name]).toBe('product fabric')
  expect(reasons['minio']).toBe('mandatory')
  expect(reasons['cnpg']).toMatch(/needs a database/)
})

test.each([
  ['two regions', withFabric()],
  ['one region', oneRegion(withFabric())],
])('stays within its budget in %s, and uses nine tenths of it where it writes', (_, platform) => {
  const members: ReadonlySet<string> = new Set([
    'fabric',
    ...fabric.bundles.filter(({ component }) => component.tier === 'a-la-carte').map(({ component }) => component.name),
  ])
  for (const region of planOf(platform).regions) {
    const shares = unitWorkloads(region).filter(({ unit }) => members.has(unit))
    const sum = (of: (one: (typeof shares)[number]['workload']) => number) =>
      shares.reduce((total, { workload }) => total + of(workload) * (workload.replicas ?? region.region.nodes), 0)
    const cpu = sum((one) => parseCpu(one.cpu))
    const memory = sum((one) => parseMemory(one.memory))
    expect(cpu).toBeLessThanOrEqual(parseCpu(fabric.limits.cpu))
    expect(memory).toBeLessThanOrEqual(parseMemory(fabric.limits.memory))
    if (region.region.name !== 'region-a') continue
    expect(cpu).toBeGreaterThan(0.9 * parseCpu(fabric.limits.cpu))
    expect(memory).toBeGreaterThan(0.9 * parseMemory(fabric.limits.memory))
  }
})
