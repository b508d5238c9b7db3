import { deployment, formatMemory, type Maybe, parseMemory, type Region, type Resource, resource, statefulSet } from '@openova/core'
import { listeners, pool } from './listeners.ts'
import type { StrimziValues } from './values.ts'

export const kafkaVersion = '4.3.1'
export const clusterLabel = { 'strimzi.io/cluster': 'kafka' }
export const scraped = { annotations: { 'prometheus.io/scrape': 'true', 'prometheus.io/port': '9404' } }

/** Half of the memory, as Java reads it. */
export const heap = (memory: string, share = 1 / 2): string => `${Math.floor((parseMemory(memory) * share) / 2 ** 20)}m`

/** Brokers that are their own controllers; with two regions a listener for the mirror. */
export function kafka(values: StrimziValues, region: Maybe<Region>): Resource[] {
  return [brokers(values), cluster(values, region)]
}

function brokers({ brokers: replicas, storage, cpu, memory }: StrimziValues): Resource {
  return resource('kafka.strimzi.io/v1/KafkaNodePool', pool, {
    labels: clusterLabel,
    workloads: [
      statefulSet(`kafka-${pool}`, {
        at: { replicas: 'spec.replicas', resources: 'spec.resources' },
        replicas,
        cpu,
        memory,
        memoryLimit: formatMemory(2 * parseMemory(memory)),
        volume: storage,
        spread: 'required',
      }),
    ],
    spec: {
      replicas,
      roles: ['controller', 'broker'],
      storage: { type: 'jbod', volumes: [{ id: 0, type: 'persistent-claim', size: storage, kraftMetadata: 'shared', deleteClaim: false }] },
      jvmOptions: { '-Xms': heap(memory), '-Xmx': heap(memory) },
      template: {
        pod: {
          metadata: scraped,
          affinity: {
            podAntiAffinity: {
              requiredDuringSchedulingIgnoredDuringExecution: [
                {
                  topologyKey: 'kubernetes.io/hostname',
                  labelSelector: { matchLabels: { 'strimzi.io/pool-name': pool, ...clusterLabel } },
                },
              ],
            },
          },
        },
      },
    },
  })
}

function cluster({ brokers: copies, retentionHours }: StrimziValues, region: Maybe<Region>): Resource {
  // With three, each record is on two brokers before it counts as written.
  const inSync = Math.min(copies, 2)
  const replicas = Math.min(copies, 3)
  const shared = region ? { metadata: { annotations: { 'service.cilium.io/global': 'true' } } } : undefined
  return resource('kafka.strimzi.io/v1/Kafka', 'kafka', {
    workloads: [
      deployment('kafka-entity-operator', {
        at: { resources: 'spec.entityOperator.topicOperator.resources' },
        replicas: 1,
        cpu: '50m',
        memory: '224Mi',
      }),
      deployment('kafka-entity-operator-users', {
        at: { resources: 'spec.entityOperator.userOperator.resources' },
        replicas: 1,
        cpu: '50m',
        memory: '224Mi',
      }),
      deployment('kafka-kafka-exporter', { at: { resources: 'spec.kafkaExporter.resources' }, replicas: 1, cpu: '20m', memory: '64Mi' }),
    ],
    spec: {
      kafka: {
        version: kafkaVersion,
        metadataVersion: '4.3-IV0',
        listeners: listeners(region),
        authorization: { type: 'simple' },
        config: {
          'auto.create.topics.enable': false,
          'default.replication.factor': replicas,
          'min.insync.replicas': inSync,
          'offsets.topic.replication.factor': replicas,
          'transaction.state.log.replication.factor': replicas,
          'transaction.state.log.min.isr': inSync,
          'log.retention.hours': retentionHours,
        },
        metricsConfig: { type: 'strimziMetricsReporter' },
        // Of the mirror's listener alone: the other one has Services of its own region only.
        template: shared && { externalBootstrapService: shared, perPodService: shared },
      },
      entityOperator: { topicOperator: {}, userOperator: {} },
      kafkaExporter: { groupRegex: '.*', topicRegex: '.*', template: { pod: { metadata: scraped } } },
    },
  })
}
