import type { PlatformSpec } from '@openova/core'
import { findingsOn, objectsOf, oneRegion, planOf, testComponent, testPlatform } from '@openova/testing'
import { describe, expect, test } from 'vitest'
import component from '../src/index.ts'

const crm = { name: 'crm', host: 'db.example.org', port: 5433, database: 'crm', publication: 'to_kafka', tables: ['public.customers'] }

const withValues =
  (values: Record<string, unknown>) =>
  (base: PlatformSpec): PlatformSpec => {
    base.spec.components['debezium'] = { values }
    return base
  }

testComponent(component, {
  cases: [
    { name: 'one-region', spec: oneRegion },
    { name: 'outside-source', spec: withValues({ sources: [crm] }) },
    { name: 'outbox', spec: withValues({ database: { tables: ['public.orders'], outbox: 'public.outbox', clients: ['shop'] } }) },
    {
      name: 'without-cnpg',
      spec: (base) => {
        delete base.spec.components['cnpg']
        return withValues({ sources: [crm] })(base)
      },
    },
    {
      name: 'written-in-region-b',
      spec: (base) => ({ ...base, spec: { ...base.spec, writeRegions: { debezium: 'region-b', strimzi: 'region-b' } } }),
    },
  ],
})

const planWith = (values: Record<string, unknown> = {}, change: (spec: PlatformSpec) => PlatformSpec = (spec) => spec) =>
  planOf(change(withValues(values)(testPlatform())))
type Plan = ReturnType<typeof planWith>
const find = (plan: Plan, region: string, kind: string, name: string) =>
  objectsOf(plan, { region, unit: 'debezium' }).find((one) => one.kind === kind && one.name === name)
const specOf = (plan: Plan, region: string, kind: string, name: string) => find(plan, region, kind, name)?.body['spec']

describe('in two regions', () => {
  const plan = planWith()

  test('reads where the database is written, and nowhere else', () => {
    expect(specOf(plan, 'region-a', 'KafkaConnect', 'debezium')).toMatchObject({ replicas: 1 })
    expect(specOf(plan, 'region-a', 'KafkaConnector', 'source')).toMatchObject({ state: 'running' })
    expect(specOf(plan, 'region-b', 'KafkaConnect', 'debezium')).toMatchObject({ replicas: 0 })
    expect(specOf(plan, 'region-b', 'KafkaConnector', 'source')).toMatchObject({ state: 'stopped' })
  })

  test('turns round with the write region', () => {
    const turned = planWith({}, (spec) => ({ ...spec, spec: { ...spec.spec, writeRegion: 'region-b' } }))
    expect(specOf(turned, 'region-a', 'KafkaConnect', 'debezium')).toMatchObject({ replicas: 0 })
    expect(specOf(turned, 'region-b', 'KafkaConnector', 'source')).toMatchObject({ state: 'running' })
  })

  test('reads the publication that CNPG makes, as the user that may', () => {
    expect(specOf(plan, 'region-a', 'Publication', 'source-changes')).toMatchObject({ name: 'changes', dbname: 'source' })
    expect(specOf(plan, 'region-a', 'Cluster', 'source')).toMatchObject({ managed: { roles: [{ name: 'source', replication: true }] } })
    expect(specOf(plan, 'region-a', 'KafkaConnector', 'source')).toMatchObject({
      config: {
        'database.hostname': 'source-write.debezium.svc',
        'database.password': '${directory:/mnt/database-source:password}',
        'publication.name': 'changes',
        'slot.failover': true,
        'topic.prefix': 'cdc.source',
      },
    })
  })

  test('every name that it gives to a topic is one that it may write', () => {
    const user = find(plan, 'region-a', 'KafkaUser', 'debezium-kafka')
    const prefixes = ['cdc.', 'debezium-']
    for (const name of prefixes) expect(JSON.stringify(user?.body)).toContain(`{"type":"topic","name":"${name}","patternType":"prefix"}`)
    const connect = Object(specOf(plan, 'region-a', 'KafkaConnect', 'debezium'))
    const config = Object(Reflect.get(Object(specOf(plan, 'region-a', 'KafkaConnector', 'source')), 'config'))
    const names = [
      Reflect.get(connect, 'configStorageTopic'),
      Reflect.get(connect, 'offsetStorageTopic'),
      Reflect.get(connect, 'statusStorageTopic'),
      Reflect.get(config, 'topic.prefix'),
      Reflect.get(config, 'topic.heartbeat.prefix'),
    ]
    for (const name of names) expect(prefixes.some((prefix) => String(name).startsWith(prefix))).toBe(true)
  })
})

test('an outside PostgreSQL is read with a credential and a CA that a person supplies', () => {
  const plan = planWith({ sources: [crm] })
  expect(specOf(plan, 'region-a', 'KafkaConnector', 'crm')).toMatchObject({
    config: {
      'database.hostname': 'db.example.org',
      'database.sslrootcert': '/mnt/source-crm/ca',
      'publication.name': 'to_kafka',
      'table.include.list': 'public.customers',
    },
  })
  expect(JSON.stringify(specOf(plan, 'region-a', 'KafkaConnect', 'debezium'))).toContain('"mountPath":"/mnt/source-crm"')
  expect(JSON.stringify(specOf(plan, 'region-a', 'CiliumNetworkPolicy', 'debezium'))).toContain('db.example.org')
})

test('warns where the mirror would not take its records along', () => {
  const platform = withValues({})(testPlatform())
  platform.spec.writeRegions = { debezium: 'region-b' }
  expect(findingsOn('debezium', platform)).toMatchObject([{ severity: 'warning', fix: expect.stringContaining('writeRegions') }])
})

describe('what there is to read', () => {
  const messages = (platform: PlatformSpec) => findingsOn('debezium', platform).map(({ message }) => message)

  test('is missing without CNPG and without sources', () => {
    const platform = withValues({})(testPlatform())
    delete platform.spec.components['cnpg']
    expect(messages(platform)).toEqual(['Unexpected debezium with nothing to read: cnpg is not chosen and `sources` is empty'])
  })

  test('is missing where its own database is switched off', () => {
    expect(messages(withValues({ database: { enabled: false } })(testPlatform()))).toHaveLength(1)
  })

  test('has a name of its own', () => {
    expect(messages(withValues({ sources: [{ ...crm, name: 'source' }] })(testPlatform()))).toEqual([
      'Unexpected second source `source`, expected a name for each',
    ])
    expect(messages(withValues({ sources: [crm] })(testPlatform()))).toEqual([])
  })
})
