import type { Grant, Resource } from '@openova/core'
import { collector } from './collector.ts'
import { account, asDocument, reportsOf, stamped, watched } from './reports.ts'
import { caMount, kafka, kafkaPassword, kafkaReceiver, openSearch, type Store } from './stores.ts'
import type { OpentelemetryValues } from './values.ts'

interface Siem {
  values: OpentelemetryValues['siem']
  region: string
  /** Secret with the password of OpenSearch's user `ingest`. */
  password: string
  /** Writes events to Kafka; absent where Kafka is not chosen. */
  events: Grant<'topic'> | undefined
}

/** Events that come by themselves, once there is Kafka to take them: lines of JSON, each a document. */
export const pushed = ['sbom', 'waf'] as const
const sbomPort = 8088

/** Watches reports of Trivy and Kyverno, and stores each. One pod: two would write everything twice. */
export function siemCollector({ values, region, password, events }: Siem): Resource {
  const reports = Object.entries(reportsOf(values))
  const sources = [...reports.map(([source]) => source), ...(events ? pushed : [])]
  const store = events ? kafka(events) : openSearch(region, { password, queued: true })
  return collector('siem', {
    replicas: 1,
    memory: values.memory,
    receivers: {
      ...Object.fromEntries(reports.map(([source, one]) => [`k8sobjects/${source}`, watched(one)])),
      ...(events && {
        'webhookevent/sbom': {
          endpoint: `0.0.0.0:${sbomPort}`,
          path: '/sbom',
          read_timeout: '30s',
          write_timeout: '30s',
          split_logs_at_newline: true,
        },
        'otlp/waf': { protocols: { grpc: { endpoint: '0.0.0.0:4317' } } },
      }),
    },
    processors: {
      transform: { error_mode: 'ignore', log_statements: asDocument(region) },
      ...(events && {
        'transform/sbom': { error_mode: 'ignore', log_statements: [parsed] },
        'transform/waf': { error_mode: 'ignore', log_statements: [parsed, ...stamped(region)] },
      }),
    },
    exporters: exportersOf(store, sources),
    extensions: store.extensions,
    pipelines: {
      ...Object.fromEntries(
        reports.map(([source]) => [
          `logs/${source}`,
          pipeline(`k8sobjects/${source}`, ['memory_limiter', 'transform'], exporterOf(store, source)),
        ]),
      ),
      ...(events && {
        'logs/sbom': pipeline('webhookevent/sbom', ['memory_limiter', 'transform/sbom'], exporterOf(store, 'sbom')),
        'logs/waf': pipeline('otlp/waf', ['memory_limiter', 'transform/waf'], exporterOf(store, 'waf')),
      }),
    },
    pod: {
      serviceAccount: account,
      env: store.env,
      ...(events && { ports: [{ name: 'sbom', port: sbomPort, targetPort: sbomPort, protocol: 'TCP' }] }),
      ...caMount,
    },
  })
}

interface Indexer extends Pick<Siem, 'region' | 'password'> {
  memory: string
  /** Reads events from Kafka. */
  events: Grant<'topic'>
}

/** Brings what is in Kafka to OpenSearch: what OpenSearch has not taken is read again. */
export function siemIndexer({ region, password, memory, events }: Indexer): Resource {
  const sources = ['falco', 'trivy', 'kyverno', ...pushed]
  const store = openSearch(region, { password, queued: false })
  return collector('siem-indexer', {
    replicas: 1,
    memory,
    receivers: Object.fromEntries(sources.map((source) => [`kafka/${source}`, kafkaReceiver(events, source)])),
    processors: { 'transform/falco': { error_mode: 'ignore', log_statements: falcoAsDocument(region) } },
    exporters: exportersOf(store, sources),
    extensions: store.extensions,
    pipelines: Object.fromEntries(
      sources.map((source) => [
        `logs/${source}`,
        pipeline(`kafka/${source}`, ['memory_limiter', ...(source === 'falco' ? ['transform/falco'] : [])], exporterOf(store, source)),
      ]),
    ),
    pod: { env: [...store.env, kafkaPassword(events)], ...caMount },
  })
}

const parsed = 'set(log.body, ParseJSON(log.body)) where IsString(log.body)'

/** As Falcosidekick writes them to OpenSearch itself: names of fields hold dots, which would be taken for structure. */
const falcoAsDocument = (region: string) => [
  'replace_all_patterns(log.body["output_fields"], "key", "[.\\\\[\\\\]]", "_")',
  'set(log.body["@timestamp"], log.body["time"])',
  `set(log.body["region"], "${region}")`,
]

const exporterOf = ({ kind }: Store, source: string) => `${kind}/${source}`
const exportersOf = (store: Store, sources: readonly string[]) =>
  Object.fromEntries(sources.map((source) => [exporterOf(store, source), store.exporter(source)]))
const pipeline = (receiver: string, processors: string[], exporter: string) => ({
  receivers: [receiver],
  processors,
  exporters: [exporter],
})
