import { defineComponent, type PlatformSpec, topic, valuesOf } from '@openova/core'
import { catalogWith, objectsOf, oneRegion, planOf, testComponent, testPlatform } from '@openova/testing'
import { describe, expect, test } from 'vitest'
import component from '../src/index.ts'

testComponent(component, {
  cases: [
    { name: 'one-region', spec: oneRegion },
    {
      name: 'one-broker',
      spec: (base) => {
        base.spec.components['strimzi'] = { values: { brokers: 1 } }
        return base
      },
    },
    {
      name: 'two-operators',
      spec: (base) => {
        base.spec.components['strimzi'] = { values: { operatorReplicas: 2 } }
        return base
      },
    },
    {
      name: 'written-in-region-b',
      spec: (base) => ({ ...base, spec: { ...base.spec, writeRegions: { strimzi: 'region-b' } } }),
    },
  ],
})

const noValues = valuesOf<Record<never, never>>({ type: 'object', additionalProperties: false, properties: {} })

/** Writes a topic that another one writes too, reads by prefix, and keeps topics of its own. */
const consumer = (name: 'temporal' | 'iceberg', hours: number) =>
  defineComponent({
    name,
    tier: 'a-la-carte',
    category: 'workflow',
    namespace: name,
    values: noValues,
    needs: {
      events: topic({
        writes: [
          { name: 'orders.Paid_out', partitions: 6, hours },
          { name: `${name}.state`, compact: true },
        ],
        reads: ['cdc.*', 'orders.new'],
        manages: ['connect-'],
        group: `${name}-readers`,
      }),
    },
  })

function planWith(change: (spec: PlatformSpec) => PlatformSpec = (spec) => spec, hours = 24) {
  const platform = testPlatform()
  platform.spec.components['temporal'] = {}
  platform.spec.components['iceberg'] = {}
  return planOf(change(platform), catalogWith(consumer('temporal', 24), consumer('iceberg', hours)))
}
type Plan = ReturnType<typeof planWith>
const own = (plan: Plan, region: string) => objectsOf(plan, { region, unit: 'strimzi' })
const find = (plan: Plan, region: string, kind: string, name: string) =>
  own(plan, region).find((one) => one.kind === kind && one.name === name)

describe('topics', () => {
  const plan = planWith()

  test('are made once, however many write them, before anybody starts', () => {
    const topics = own(plan, 'region-a').filter(({ kind, name }) => !name.startsWith('siem.') && kind === 'KafkaTopic')
    expect(topics.map(({ name, stage }) => [name, stage])).toEqual([
      ['iceberg.state', 'setup'],
      ['orders.paid-out', 'setup'],
      ['temporal.state', 'setup'],
    ])
    expect(find(plan, 'region-a', 'KafkaTopic', 'orders.paid-out')?.body['spec']).toEqual({
      topicName: 'orders.Paid_out',
      partitions: 6,
      replicas: 3,
      config: { 'cleanup.policy': 'delete', 'retention.ms': 86_400_000 },
    })
    expect(find(plan, 'region-a', 'KafkaTopic', 'temporal.state')?.body['spec']).toMatchObject({ config: { 'cleanup.policy': 'compact' } })
  })

  test('that are described in two ways are a mistake', () => {
    expect(() => planWith((spec) => spec, 48)).toThrow('orders.Paid_out')
  })

  test('are open to the user of the consumer, and to nobody else', () => {
    const user = objectsOf(plan, { region: 'region-a', unit: 'temporal' }).find(({ kind }) => kind === 'KafkaUser')
    expect(user).toMatchObject({ name: 'temporal-events', namespace: 'strimzi', stage: 'needs' })
    expect(user?.body['spec']).toMatchObject({
      authentication: { password: { valueFrom: { secretKeyRef: { name: 'topic-temporal-events', key: 'password' } } } },
    })
    expect(Reflect.get(Object(user?.body['spec']), 'authorization')).toEqual({
      type: 'simple',
      acls: [
        acl('topic', 'orders.Paid_out', 'literal', ['Describe', 'DescribeConfigs', 'Write']),
        acl('topic', 'temporal.state', 'literal', ['Describe', 'DescribeConfigs', 'Write']),
        acl('topic', 'cdc.', 'prefix', ['Describe', 'DescribeConfigs', 'Read']),
        acl('topic', 'orders.new', 'literal', ['Describe', 'DescribeConfigs', 'Read']),
        acl('topic', 'connect-', 'prefix', ['Alter', 'AlterConfigs', 'Create', 'Delete', 'Describe', 'DescribeConfigs', 'Read', 'Write']),
        acl('group', 'temporal-readers', 'prefix', ['Delete', 'Describe', 'Read']),
        acl('transactionalId', 'temporal-readers', 'prefix', ['Describe', 'Write']),
      ],
    })
  })

  test('have a password that lies with Kafka and with the consumer', () => {
    const secrets = (unit: 'strimzi' | 'temporal') =>
      objectsOf(plan, { region: 'region-a', unit })
        .filter(({ kind }) => kind === 'ExternalSecret')
        .map(({ name }) => name)
    expect(secrets('strimzi')).toContain('topic-temporal-events')
    expect(secrets('temporal')).toContain('topic-events')
  })
})

const acl = (type: string, name: string, patternType: string, operations: string[]) => ({
  resource: { type, name, patternType },
  operations,
})

describe('the mirror', () => {
  const plan = planWith()

  test('runs in the region that does not write, and reads from the one that does', () => {
    const mirrors = (region: string) => own(plan, region).filter(({ kind }) => kind === 'KafkaMirrorMaker2')
    expect(mirrors('region-a')).toEqual([])
    expect(mirrors('region-b')).toMatchObject([{ name: 'region-a-to-region-b', stage: 'peer' }])
    expect(mirrors('region-b')[0]?.body['spec']).toMatchObject({
      target: { alias: 'region-b', bootstrapServers: 'kafka-kafka-bootstrap.strimzi.svc:9093' },
      mirrors: [{ source: { alias: 'region-a', bootstrapServers: 'kafka-kafka-rega-bootstrap.strimzi.svc:9094' } }],
    })
  })

  test('leaves security events where they are', () => {
    const spec = find(plan, 'region-b', 'KafkaMirrorMaker2', 'region-a-to-region-b')?.body['spec']
    const pattern = String(Reflect.get(Object(Reflect.get(Object(spec), 'mirrors')[0]), 'topicsExcludePattern'))
    const excluded = new RegExp(`^(${pattern.replaceAll(',', '|')})$`)
    expect(excluded.test('siem.falco')).toBe(true)
    expect(excluded.test('debezium-offsets')).toBe(true)
    expect(excluded.test('orders.new')).toBe(false)
  })

  test('finds each broker of the other region by a Service that has pods there only, on a port of the same name', () => {
    const services = own(plan, 'region-b').filter(({ kind }) => kind === 'Service')
    expect(services.map(({ name }) => name)).toEqual([
      'kafka-kafka-rega-bootstrap',
      'kafka-broker-rega-0',
      'kafka-broker-rega-1',
      'kafka-broker-rega-2',
    ])
    for (const { body, annotations } of services) {
      expect(annotations).toEqual({ 'service.cilium.io/global': 'true' })
      expect(body['spec']).toEqual({ ports: [{ name: 'tcp-rega', port: 9094, targetPort: 9094, protocol: 'TCP' }] })
    }
    const names = Reflect.get(Object(find(plan, 'region-a', 'Certificate', 'kafka')?.body['spec']), 'dnsNames')
    for (const { name } of services) expect(names).toContain(`${name}.strimzi.svc`)
  })

  test('may write on its own side only', () => {
    const operations = (region: string) => JSON.stringify(find(plan, region, 'KafkaUser', 'mm2')?.body)
    expect(operations('region-a')).not.toContain('Write')
    expect(operations('region-b')).toContain('Write')
  })

  test('turns round with the write region', () => {
    const turned = planWith((platform) => ({ ...platform, spec: { ...platform.spec, writeRegions: { strimzi: 'region-b' } } }))
    expect(find(turned, 'region-a', 'KafkaMirrorMaker2', 'region-b-to-region-a')).toBeDefined()
    expect(own(turned, 'region-b').filter(({ kind }) => kind === 'KafkaMirrorMaker2')).toEqual([])
  })
})
