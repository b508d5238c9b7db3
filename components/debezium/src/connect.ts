import {
  deployment,
  formatMemory,
  type Grant,
  type Maybe,
  ownImage,
  parseMemory,
  platformCa,
  present,
  type Resource,
  resource,
} from '@openova/core'
import { rulesKey, rulesName } from './metrics.ts'
import { mountOf } from './sources.ts'
import type { DebeziumValues } from './values.ts'

export const connectName = 'debezium'

interface Options {
  kafka: Grant<'topic'>
  /** Secrets of the databases that are read. */
  sources: readonly Maybe<string>[]
  replicas: number
}

/** Kafka Connect; what it reads of Secrets it reads from files, so it has no business with the API. */
export function connect({ image: own, cpu, memory }: DebeziumValues, { kafka, sources, replicas }: Options): Resource {
  const { image, annotations } = ownImage(own)
  const heap = `${Math.floor(parseMemory(memory) / 2 / 2 ** 20)}m`
  const secrets = present<string>(sources)
  return resource('kafka.strimzi.io/v1/KafkaConnect', connectName, {
    annotations: { ...annotations, 'strimzi.io/use-connector-resources': 'true' },
    workloads: [
      deployment(`${connectName}-connect`, {
        at: { replicas: 'spec.replicas', resources: 'spec.resources' },
        replicas,
        cpu,
        memory,
        memoryLimit: formatMemory(2 * parseMemory(memory)),
        spread: 'preferred',
      }),
    ],
    spec: {
      version: '4.3.1',
      replicas,
      image,
      bootstrapServers: kafka.bootstrap,
      tls: { trustedCertificates: [{ secretName: platformCa.secret, certificate: 'ca.crt' }] },
      authentication: {
        type: 'scram-sha-512',
        username: kafka.username,
        passwordSecret: { secretName: kafka.secret, password: 'password' },
      },
      groupId: kafka.group,
      configStorageTopic: 'debezium-configs',
      offsetStorageTopic: 'debezium-offsets',
      statusStorageTopic: 'debezium-status',
      config: {
        'config.storage.replication.factor': -1,
        'offset.storage.replication.factor': -1,
        'status.storage.replication.factor': -1,
        'key.converter': json,
        'key.converter.schemas.enable': false,
        'value.converter': json,
        'value.converter.schemas.enable': false,
        'config.providers': 'directory',
        'config.providers.directory.class': 'org.apache.kafka.common.config.provider.DirectoryConfigProvider',
        'config.providers.directory.param.allowed.paths': '/mnt',
      },
      jvmOptions: { '-Xms': heap, '-Xmx': heap },
      metricsConfig: { type: 'jmxPrometheusExporter', valueFrom: { configMapKeyRef: { name: rulesName, key: rulesKey } } },
      template: {
        pod: {
          metadata: { annotations: { 'prometheus.io/scrape': 'true', 'prometheus.io/port': '9404' } },
          volumes: [platformCa.volume, ...secrets.map((name) => ({ name, secret: { secretName: name } }))],
        },
        connectContainer: {
          volumeMounts: [platformCa.secret, ...secrets].map((name) => ({ name, mountPath: mountOf(name), readOnly: true })),
        },
      },
    },
  })
}

const json = 'org.apache.kafka.connect.json.JsonConverter'
