import type { Grant, HelmValues, Resource } from '@openova/core'
import { resource } from '@openova/core'

/** Where events go: an exporter a source, and what the pod needs for it. */
export interface Store {
  kind: string
  exporter: (source: string) => HelmValues
  extensions?: HelmValues
  env: readonly object[]
}

/** This region's OpenSearch, an index a source. */
export function openSearch(region: string, { password, queued }: { password: string; queued: boolean }): Store {
  return {
    kind: 'opensearch',
    exporter: (source) => ({
      http: { endpoint: 'https://opensearch.opensearch.svc:9200', auth: { authenticator: 'basicauth' }, tls: { ca_file: caFile } },
      logs_index: `siem-${region}-${source}`,
      logs_index_time_format: 'yyyy.MM.dd',
      mapping: { mode: 'bodymap' },
      // It tries for as long as OpenSearch is away; what waits is in memory, or still in Kafka.
      retry_on_failure: { enabled: true, max_elapsed_time: '0s' },
      sending_queue: queued ? { enabled: true, queue_size: 1000 } : { enabled: false },
    }),
    extensions: { basicauth: { client_auth: { username: 'ingest', password: '${env:OPENSEARCH_PASSWORD}' } } },
    env: [fromSecret('OPENSEARCH_PASSWORD', password)],
  }
}

/** This region's Kafka, a topic a source. */
export function kafka(events: Grant<'topic'>): Store {
  return {
    kind: 'kafka',
    exporter: (source) => ({
      ...kafkaClient(events),
      logs: { topic: topicOf(source), encoding: 'raw' },
      producer: { max_message_bytes: largestEvent * 2 ** 20, required_acks: -1, compression: 'zstd', allow_auto_topic_creation: false },
      retry_on_failure: { enabled: true, max_elapsed_time: '0s' },
      sending_queue: { enabled: true, queue_size: 1000 },
    }),
    env: [kafkaPassword(events)],
  }
}

/** Reads the topic of a source, and goes on only when what it read is stored. */
export const kafkaReceiver = (events: Grant<'topic'>, source: string): HelmValues => ({
  ...kafkaClient(events),
  group_id: `${events.group}-${source}`,
  initial_offset: 'earliest',
  logs: { topics: [topicOf(source)], encoding: 'json' },
  message_marking: { after: true },
  error_backoff: { enabled: true, initial_interval: '1s', max_interval: '30s', max_elapsed_time: '0s' },
})

/** MiB: a report of an old image is long. */
export const largestEvent = 8
export const topicOf = (source: string): string => `siem.${source}`
export const kafkaPassword = ({ secret }: Grant<'topic'>) => fromSecret('KAFKA_PASSWORD', secret)

const kafkaClient = ({ bootstrap, username }: Grant<'topic'>) => ({
  brokers: [bootstrap],
  tls: { ca_file: caFile },
  auth: { sasl: { mechanism: 'SCRAM-SHA-512', username, password: '${env:KAFKA_PASSWORD}' } },
})

const fromSecret = (name: string, secret: string) => ({ name, valueFrom: { secretKeyRef: { name: secret, key: 'password' } } })

const caSecret = 'internal-ca'
const caFolder = '/etc/internal-ca'
const caFile = `${caFolder}/ca.crt`
export const caMount = {
  volumes: [{ name: 'ca', secret: { secretName: caSecret, items: [{ key: 'ca.crt', path: 'ca.crt' }] } }],
  volumeMounts: [{ name: 'ca', mountPath: caFolder, readOnly: true }],
}

/** OpenSearch and Kafka have certificates of the internal CA, and cert-manager hands that CA out with each certificate: this one serves for nothing else. */
export function internalCa(): Resource {
  return resource('cert-manager.io/v1/Certificate', caSecret, {
    spec: {
      secretName: caSecret,
      dnsNames: ['siem-collector.opentelemetry.svc'],
      usages: ['client auth'],
      privateKey: { algorithm: 'ECDSA', size: 256, rotationPolicy: 'Always' },
      issuerRef: { group: 'cert-manager.io', kind: 'ClusterIssuer', name: 'internal' },
    },
  })
}
