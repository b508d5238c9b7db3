import { createPlan, getIn } from '@openova/core'
import { catalog } from '@openova/catalog'
import { describe, expect, test } from 'vitest'
import { objectsOf, testPlatform } from '../src/index.ts'

describe.each([
  ['neither', { strimzi: false, clickhouse: false }],
  ['Kafka', { strimzi: true, clickhouse: false }],
  ['ClickHouse', { strimzi: false, clickhouse: true }],
  ['Kafka and ClickHouse', { strimzi: true, clickhouse: true }],
])('security events with %s', (_, { strimzi, clickhouse }) => {
  const platform = testPlatform()
  if (strimzi) platform.spec.components.strimzi = {}
  if (clickhouse) platform.spec.components.clickhouse = {}
  const { plan, findings } = createPlan(platform, catalog)
  const objects = (unit: Parameters<typeof objectsOf>[1]['unit']) => objectsOf(plan!, { region: 'region-a', unit })
  const collector = (name: string) =>
    objects('opentelemetry').find((one) => one.kind === 'OpenTelemetryCollector' && one.name === name)?.body
  const exporters = (name: string) => Object.keys(getIn(collector(name), 'spec.config.exporters') ?? {})
  const sidekick = plan!.regions[0]!.units.find(({ name }) => name === 'falco')!
    .stages.flatMap(({ releases }) => releases)
    .find(({ name }) => name === 'falcosidekick')!.values
  const egress = (unit: 'falco' | 'opentelemetry') =>
    JSON.stringify(getIn(objects(unit).find(({ kind, name }) => kind === 'CiliumNetworkPolicy' && name === unit)?.body, 'spec.egress'))

  test('of Falco go to Kafka where it is, else straight to OpenSearch', () => {
    expect(getIn(sidekick, 'config.kafka.topic')).toBe(strimzi ? 'siem.falco' : undefined)
    expect(getIn(sidekick, 'config.elasticsearch.index')).toBe(strimzi ? undefined : 'siem-region-a-falco')
    expect(egress('falco').includes('strimzi')).toBe(strimzi)
    expect(egress('falco').includes('opensearch')).toBe(!strimzi)
  })

  test('of Trivy and Kyverno are watched, and go the same way', () => {
    expect(exporters('siem')).toEqual(
      strimzi ? ['kafka/trivy', 'kafka/kyverno', 'kafka/sbom', 'kafka/waf'] : ['opensearch/trivy', 'opensearch/kyverno'],
    )
  })

  test('are brought from Kafka to OpenSearch, each source to its index, and none before it is stored', () => {
    const sources = ['falco', 'trivy', 'kyverno', 'sbom', 'waf']
    expect(exporters('siem-indexer')).toEqual(strimzi ? sources.map((source) => `opensearch/${source}`) : [])
    for (const source of strimzi ? sources : []) {
      expect(getIn(collector('siem-indexer'), `spec.config.receivers.kafka/${source}`)).toMatchObject({
        message_marking: { after: true },
        logs: { topics: [`siem.${source}`] },
      })
    }
  })

  test('have a topic for each source that somebody writes', () => {
    const topics = strimzi ? objects('strimzi').filter(({ kind }) => kind === 'KafkaTopic') : []
    expect(topics.map(({ name }) => name).toSorted()).toEqual(
      strimzi ? ['siem.falco', 'siem.kyverno', 'siem.sbom', 'siem.trivy', 'siem.waf'] : [],
    )
  })

  test('are kept cold where there is both Kafka to read them from and ClickHouse', () => {
    const jobs = clickhouse ? objects('clickhouse').filter(({ kind }) => kind === 'Job') : []
    const reading = jobs.filter(({ body }) => JSON.stringify(body).includes('siem.falco'))
    expect(reading.length > 0).toBe(strimzi && clickhouse)
  })

  test('without a cold store the hot period is all there is, which is said', () => {
    const warned = findings.some(({ at, severity }) => severity === 'warning' && at.endsWith('opensearch.values.retention.hotDays'))
    expect(warned).toBe(!(strimzi && clickhouse))
  })
})
