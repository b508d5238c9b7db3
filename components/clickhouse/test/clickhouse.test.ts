import { analytics, defineComponent, getIn, type Plan, type PlatformSpec, valuesOf } from '@openova/core'
import { catalogWith, findingsOn, objectsOf, oneRegion, planOf, testComponent, testPlatform } from '@openova/testing'
import { execFileSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import component from '../src/index.ts'

testComponent(component, {
  cases: [
    { name: 'one-region', spec: oneRegion },
    { name: 'events', spec: withEvents },
    { name: 'written-in-b', spec: (base) => ({ ...base, spec: { ...base.spec, writeRegions: { clickhouse: 'region-b' } } }) },
    { name: 'topics', spec: (base) => withEvents(withValues(base, { crossRegion: 'topics' })) },
    { name: 'smaller', spec: (base) => withValues(base, { replicas: 1, keepers: 1, cpu: '500m', memory: '2Gi', storage: '20Gi' }) },
  ],
})

/** A consumer with a database of its own. */
const consumer = defineComponent({
  name: 'langfuse',
  tier: 'a-la-carte',
  category: 'ai-safety',
  namespace: 'langfuse',
  values: valuesOf<Record<never, never>>({ type: 'object', additionalProperties: false, properties: {} }),
  needs: { traces: analytics({ name: 'langfuse', secret: (clickhouse) => ({ CLICKHOUSE_PASSWORD: clickhouse.password }) }) },
})

function planWith(change: (spec: PlatformSpec) => PlatformSpec = (spec) => spec): Plan {
  const platform = testPlatform()
  Object.assign(platform.spec.components, { clickhouse: {}, langfuse: {} })
  return planOf(change(platform), catalogWith(consumer))
}
const find = (plan: Plan, region: string, kind: string, name: string) =>
  objectsOf(plan, { region, unit: 'clickhouse' }).find((one) => one.kind === kind && one.name === name)
const installationIn = (plan: Plan, region: string) => find(plan, region, 'ClickHouseInstallation', `analytics-${region.slice(-1)}`)?.body
const scriptOf = (plan: Plan, region: string, job: string) =>
  String(getIn(find(plan, region, 'Job', job)?.body, 'spec.template.spec.containers.0.command.4'))

describe('with two regions', () => {
  const plan = planWith()

  test('all servers are replicas of the same tables, known to the keepers of the write region', () => {
    const hosts = ['chi-analytics-a-local-0-0', 'chi-analytics-a-local-0-1', 'chi-analytics-b-local-0-0', 'chi-analytics-b-local-0-1']
    for (const region of ['region-a', 'region-b']) {
      const config = String(Reflect.get(Object(getIn(installationIn(plan, region), 'spec.configuration.files')), 'config.d/openova.xml'))
      expect([...config.matchAll(/<host>(.*)<\/host>/g)].map(([, host]) => host)).toEqual(hosts)
      expect(getIn(installationIn(plan, region), 'spec.configuration.zookeeper.nodes')).toEqual([{ host: 'keeper-region-a', port: 2181 }])
    }
    expect(find(plan, 'region-a', 'ClickHouseKeeperInstallation', 'keeper')).toBeDefined()
    expect(find(plan, 'region-b', 'ClickHouseKeeperInstallation', 'keeper')).toBeUndefined()
  })

  test('each server is reached from the other region by its own name', () => {
    const annotations = getIn(installationIn(plan, 'region-a'), 'spec.templates.serviceTemplates.1.metadata.annotations')
    expect(annotations).toEqual({ 'service.cilium.io/global': 'true' })
    expect(find(plan, 'region-b', 'Service', 'chi-analytics-a-local-0-1')?.body['spec']).not.toHaveProperty('selector.app')
    expect(find(plan, 'region-b', 'Service', 'keeper-region-a')?.body['spec']).not.toHaveProperty('selector')
    expect(find(plan, 'region-a', 'Service', 'keeper-region-a')?.body['spec']).toHaveProperty('selector')
  })

  test('a switch of the write region moves the keepers, and tells them what the servers have', () => {
    const after = planWith((platform) => ({ ...platform, spec: { ...platform.spec, writeRegions: { clickhouse: 'region-b' } } }))
    expect(find(after, 'region-a', 'ClickHouseKeeperInstallation', 'keeper')).toBeUndefined()
    expect(find(after, 'region-b', 'ClickHouseKeeperInstallation', 'keeper')).toBeDefined()
    expect(scriptOf(after, 'region-a', 'recover')).toContain('keeper-region-b')
    expect(scriptOf(after, 'region-a', 'recover')).not.toBe(scriptOf(plan, 'region-a', 'recover'))
  })

  test('the region that does not write gets the tables that are there already, and makes no backup', () => {
    expect(scriptOf(plan, 'region-b', 'tables')).toContain('--host chi-analytics-a-local-0-0')
    expect(find(plan, 'region-a', 'Job', 'tables')).toBeUndefined()
    expect(find(plan, 'region-a', 'CronJob', 'backup')).toBeDefined()
    expect(find(plan, 'region-b', 'CronJob', 'backup')).toBeUndefined()
  })

  test('a consumer has its database, and a user with one password who may do nothing else', () => {
    expect(scriptOf(plan, 'region-b', 'databases')).toContain('CREATE DATABASE IF NOT EXISTS langfuse')
    const users = Object(getIn(installationIn(plan, 'region-b'), 'spec.configuration.users')) as Record<string, unknown>
    expect(users['langfuse/password']).toEqual({ valueFrom: { secretKeyRef: { name: 'analytics-langfuse-langfuse', key: 'password' } } })
    expect(users['langfuse/grants/query']).toContain('GRANT ALL ON langfuse.*')
    const secrets = objectsOf(plan, { region: 'region-b', unit: 'langfuse' }).filter(({ kind }) => kind === 'ExternalSecret')
    expect(JSON.stringify(secrets)).toContain('shared/region-a/langfuse/analytics-langfuse')
  })
})

test('regions that are alone keep their own tables, keepers, passwords and backups', () => {
  const plan = planWith((platform) => withValues(platform, { crossRegion: 'topics' }))
  for (const region of ['region-a', 'region-b']) {
    const installation = installationIn(plan, region)
    expect(getIn(installation, 'spec.configuration.zookeeper.nodes')).toEqual([{ host: 'keeper-keeper', port: 2181 }])
    expect(JSON.stringify(installation)).not.toContain(region === 'region-a' ? 'analytics-b' : 'analytics-a')
    expect(find(plan, region, 'CronJob', 'backup')).toBeDefined()
    expect(objectsOf(plan, { region, unit: 'clickhouse' }).filter(({ stage, kind }) => stage === 'peer' && kind === 'Job')).toEqual([])
  }
})

describe('security events', () => {
  const plan = planWith(withEvents)

  test('are read from every topic that somebody writes, on each server, and kept as long as is wanted', () => {
    const script = scriptOf(plan, 'region-b', 'events')
    expect(/kafka_topic_list = '(.*)'/.exec(script)?.[1]?.split(',')).toContain('siem.falco')
    expect(script).toContain('for host in chi-analytics-b-local-0-0 chi-analytics-b-local-0-1;')
    expect(script).toContain('toIntervalDay(365)')
    expect(scriptOf(plan, 'region-a', 'events')).toContain("kafka_group_name = 'clickhouse'")
  })

  test('are not looked for without Kafka', () => {
    expect(find(planWith(), 'region-a', 'Job', 'events')).toBeUndefined()
  })
})

test('every script is one that a shell can read', () => {
  const plan = planWith(withEvents)
  for (const region of ['region-a', 'region-b']) {
    const commands = objectsOf(plan, { region, unit: 'clickhouse' }).flatMap(({ body }) =>
      [...JSON.stringify(body).matchAll(/"command":(\[.*?[^\\]"\])/g)].map(([, list]) => JSON.parse(list ?? '[]') as string[]),
    )
    expect(commands.length).toBeGreaterThan(3)
    for (const command of commands) execFileSync('bash', ['-n', '-c', command.at(-1) ?? ''])
  }
})

test('refuses more servers than there are nodes', () => {
  const fixes = findingsOn('clickhouse', withValues(testPlatform(), { replicas: 4, keepers: 5 })).map(({ fix }) => fix)
  expect(fixes).toEqual(['set `replicas: 3`, or add nodes', 'set `keepers: 1`, or add nodes'])
})

function withEvents(base: PlatformSpec): PlatformSpec {
  base.spec.components.strimzi = {}
  return base
}

function withValues(base: PlatformSpec, values: Record<string, unknown>): PlatformSpec {
  base.spec.components.clickhouse = { values }
  return base
}
