import { getIn, type Plan, type PlatformSpec } from '@openova/core'
import { findingsOn, objectsOf, oneRegion, planOf, testComponent, testPlatform } from '@openova/testing'
import { describe, expect, test } from 'vitest'
import component from '../src/index.ts'

testComponent(component, {
  cases: [
    { name: 'one-region', spec: oneRegion },
    {
      name: 'valkey',
      spec: (base) => {
        base.spec.components['valkey'] = {}
        return withValues(base, { sinks: 2, replicas: 3 })
      },
    },
    { name: 'meters', spec: (base) => withValues(base, { meters }) },
  ],
})

const meters = [
  {
    slug: 'tokens',
    description: 'Tokens of models',
    eventType: 'prompt',
    aggregation: 'SUM',
    valueProperty: '$.tokens',
    groupBy: { model: '$.model' },
  },
]

const releaseIn = (plan: Plan, region: string) =>
  plan.regions
    .find((one) => one.region.name === region)
    ?.units.find(({ name }) => name === 'openmeter')
    ?.stages.flatMap(({ releases }) => releases)[0]

describe('openmeter', () => {
  const plan = planOf(withValues(testPlatform(), { meters }))

  test('brings its stores along: Kafka, ClickHouse and PostgreSQL', () => {
    const names = plan.regions[0]?.units.map(({ name }) => name)
    expect(names).toEqual(expect.arrayContaining(['strimzi', 'clickhouse', 'cnpg']))
    expect(names).not.toContain('valkey')
  })

  test('runs in the write region only', () => {
    expect(getIn(releaseIn(plan, 'region-a')?.values, 'api.replicaCount')).toBe(2)
    const passive = releaseIn(plan, 'region-b')?.values
    for (const part of ['api', 'sinkWorker', 'balanceWorker', 'notificationService', 'billingWorker'])
      expect(getIn(passive, `${part}.replicaCount`)).toBe(0)
    expect(getIn(passive, 'jobs.billingCollectInvoices.schedule')).toBe('0 0 31 2 *')
    const jobs = objectsOf(plan, { region: 'region-b', unit: 'openmeter' }).filter(({ kind }) => kind === 'Job')
    expect(jobs).toEqual([])
  })

  test('holds no password where everybody may read it', () => {
    const text = JSON.stringify(getIn(releaseIn(plan, 'region-a')?.values, 'config'))
    expect([...text.matchAll(/"(?:password|saslPassword)":"(.*?)"/g)].map(([, password]) => password)).toEqual(['', '', '', ''])
    expect(JSON.stringify(releaseIn(plan, 'region-a')?.options.patches)).toContain('AGGREGATION_CLICKHOUSE_PASSWORD')
  })

  test('keeps events in a table that all servers have, made before it starts', () => {
    const table = objectsOf(plan, { region: 'region-a', unit: 'openmeter' }).find(({ name }) => name === 'events-table')
    expect(table?.stage).toBe('needs')
    expect(JSON.stringify(table?.body)).toMatch(/om_events ON CLUSTER default .*ReplicatedMergeTree/)
  })

  test('names its groups as its user may', () => {
    const config = getIn(releaseIn(plan, 'region-a')?.values, 'config')
    const groups = [...JSON.stringify(config).matchAll(/"consumerGroup(?:ID|Name)":"(.*?)"/g)].map(([, group]) => group)
    expect(groups).toHaveLength(4)
    for (const group of groups) expect(group).toMatch(/^openmeter-/)
  })

  test('refuses a second sink that would not know of the first', () => {
    expect(findingsOn('openmeter', withValues(testPlatform(), { sinks: 2 }))).toMatchObject([{ fix: 'choose valkey, or set `sinks: 1`' }])
  })
})

function withValues(base: PlatformSpec, values: Record<string, unknown>): PlatformSpec {
  base.spec.components['openmeter'] = { values }
  return base
}
