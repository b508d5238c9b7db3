import { defineComponent, optional, secret, template, topic } from '@openova/core'
import { metricsPort } from './collector.ts'
import { operator } from './operator.ts'
import { reportsOf, siemAccount } from './reports.ts'
import { pushed, siemCollector, siemIndexer } from './siem.ts'
import { internalCa, largestEvent, topicOf } from './stores.ts'
import { instrumentation, tracesCollector } from './traces.ts'
import { values } from './values.ts'

export type { OpentelemetryValues } from './values.ts'
export { default as schema } from '../values.schema.json' with { type: 'json' }

/** Traces of instrumented pods to Tempo, and security events to OpenSearch, through Kafka where it is chosen, by collectors that its operator runs. */
export default defineComponent({
  name: 'opentelemetry',
  tier: 'mandatory',
  category: 'observability',
  namespace: 'opentelemetry',
  values,

  provides: { 'opentelemetry.io': 'install' },
  // The webhook's certificate comes from the internal issuer; kinds that do not exist cannot be watched.
  after: { install: ['cert-manager/setup'], config: ['trivy/install', 'kyverno/install'] },
  network: {
    apiServer: true,
    webhooks: [9443],
    metrics: [metricsPort, 8443],
    ingress: [{ from: 'all', ports: [4317, 4318] }],
    calls: [{ to: 'opensearch', ports: [9200] }],
  },
  metrics: [
    {
      name: 'Reports that did not arrive',
      expr: 'sum by (exporter) (increase(otelcol_exporter_send_failed_log_records[15m]))',
      unit: 'reports',
      above: 0,
      for: '15m',
      action:
        'Read the log of siem-collector, or of siem-indexer: OpenSearch or Kafka is away, refuses its user, or OpenSearch refuses a field.',
    },
    {
      name: 'Traces that did not arrive',
      expr: 'sum by (exporter) (rate(otelcol_exporter_send_failed_spans[5m]))',
      unit: 'spans/s',
      above: 0,
      for: '15m',
      action: 'Read the log of traces-collector, and look at Tempo.',
    },
    {
      name: 'Fill of the queue',
      expr: 'max by (exporter) (otelcol_exporter_queue_size / otelcol_exporter_queue_capacity)',
      unit: 'of 1',
      above: 0.8,
      for: '10m',
      action: 'What does not fit is lost: see why the receiver is slow or away.',
    },
    {
      name: 'Failed reconciliations',
      expr: 'sum(increase(controller_runtime_reconcile_errors_total{namespace="opentelemetry"}[15m]))',
      unit: 'errors',
      above: 0,
      for: '30m',
      action: 'Read the log of opentelemetry-operator: it names the collector that it cannot run.',
    },
  ],
  privileges: [
    {
      role: 'opentelemetry-operator-manager',
      reason: 'It makes workloads for collectors in any namespace, and adds instrumentation to pods.',
    },
    { role: 'opentelemetry-siem', reason: 'Reports lie in the namespaces of what they are about.' },
  ],

  needs: ({ values: { siem } }) => ({
    events: optional(
      topic({
        writes: [...Object.keys(reportsOf(siem)), ...pushed].map((source) => ({ name: topicOf(source), largest: largestEvent })),
        before: 'config',
      }),
    ),
    indexer: optional(topic({ reads: [topicOf('*')], before: 'config' })),
    opensearch: secret(
      'opensearch',
      { password: template('{{ .password }}') },
      { path: 'region/opensearch/ingest', readOnly: true, before: 'config' },
    ),
  }),

  releases: () => [operator()],
  config: ({ values: { traces, siem }, region, granted: { opensearch, events, indexer } }) => [
    tracesCollector(traces, region.clusterName),
    instrumentation(traces.sampling),
    internalCa(),
    ...siemAccount(siem),
    siemCollector({ values: siem, region: region.name, password: opensearch.secret, events }),
    indexer && siemIndexer({ memory: siem.memory, region: region.name, password: opensearch.secret, events: indexer }),
  ],
})
