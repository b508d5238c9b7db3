/**
 * Every flow between the regions, and the objects that make it: `Kind namespace/name`, and a text that must stand in them.
 * {w} is the region that writes, {o} the other one; {W} and {O} are their last letters.
 */
export interface Arrow {
  /** In the region that writes. */
  writes: readonly string[]
  /** In the other one. */
  follows: readonly string[]
}

export const arrows: Readonly<Record<string, Arrow>> = {
  'CNPG write node -> replica': {
    writes: [
      'Cluster temporal/temporal: "primary":"{w}"',
      'Cluster temporal/temporal: "initdb"',
      'ObjectStore temporal/store-{w}: endpointURL":"https://minio.minio.svc',
      'ScheduledBackup temporal/temporal',
      'Certificate temporal/temporal-streaming',
      'Certificate temporal/temporal-tls: temporal-{w}.temporal.svc',
      'Service temporal/temporal-{w}: selector',
      'Service temporal/temporal-write: selector',
    ],
    follows: [
      'Cluster temporal/temporal: "primary":"{w}"',
      'Cluster temporal/temporal: "recovery":{"source":"{w}"}',
      'Cluster temporal/temporal: temporal-{w}.temporal.svc',
      'ObjectStore temporal/store-{w}: https://minio-{w}.minio.svc',
      'ExternalSecret temporal/peer-archive: shared/{w}/minio',
      'Certificate temporal/temporal-streaming',
      'Service temporal/temporal-{w}',
      'Service temporal/temporal-write',
    ],
  },
  'FerretDB through it': {
    writes: [
      'Deployment ferretdb/ferretdb: "replicas":2',
      'Cluster ferretdb/documents: "primary":"{w}"',
      'Service ferretdb/ferretdb-write: selector',
    ],
    follows: ['Deployment ferretdb/ferretdb: "replicas":0', 'Cluster ferretdb/documents: "recovery"', 'Service ferretdb/ferretdb-write'],
  },
  'Kafka -> MirrorMaker 2': {
    writes: [
      'Kafka strimzi/kafka: "name":"reg{W}"',
      'Kafka strimzi/kafka: service.cilium.io/global',
      'KafkaUser strimzi/mm2',
      'Certificate strimzi/kafka: kafka-kafka-reg{W}-bootstrap',
    ],
    follows: [
      'KafkaMirrorMaker2 strimzi/{w}-to-{o}: kafka-kafka-reg{W}-bootstrap.strimzi.svc:9094',
      'KafkaMirrorMaker2 strimzi/{w}-to-{o}: siem\\\\..*',
      'KafkaMirrorMaker2 strimzi/{w}-to-{o}: IdentityReplicationPolicy',
      'KafkaUser strimzi/mm2: Write',
      'Service strimzi/kafka-kafka-reg{W}-bootstrap',
      'Service strimzi/kafka-broker-reg{W}-0',
    ],
  },
  'Valkey REPLICAOF': {
    writes: [
      'Release valkey/valkey',
      'Service valkey/valkey-{w}: selector',
      'Service valkey/valkey-write: selector',
      'Release valkey/valkey-cache',
    ],
    follows: [
      'Release valkey/valkey: replicaof valkey-{w}.valkey.svc',
      'Service valkey/valkey-{w}',
      'Service valkey/valkey-write',
      'Release valkey/valkey-cache',
    ],
  },
  'ClickHouse replicas': {
    writes: [
      'ClickHouseInstallation clickhouse/analytics-{W}: service.cilium.io/global',
      'ClickHouseKeeperInstallation clickhouse/keeper',
      'Service clickhouse/keeper-{w}',
    ],
    follows: ['ClickHouseInstallation clickhouse/analytics-{O}: keeper-{w}', 'Service clickhouse/keeper-{w}'],
  },
  'Milvus collection sync': {
    writes: ['Job milvus/replicate', 'Milvus milvus/milvus: cdc', 'Service milvus/milvus-{o}', 'Service milvus/milvus-{w}: selector'],
    follows: ['Milvus milvus/milvus', 'Service milvus/milvus-{w}', 'Service milvus/milvus-{o}: selector'],
  },
  'Gitea both ways': {
    writes: [
      'CronJob gitea/sync',
      'Service gitea/gitea-{w}: selector',
      'Service gitea/gitea-{o}',
      'Job gitea/mirror-user',
      'PushSecret gitea/mirror-{w}',
    ],
    follows: [
      'CronJob gitea/sync',
      'Service gitea/gitea-{o}: selector',
      'Service gitea/gitea-{w}',
      'Job gitea/mirror-user',
      'PushSecret gitea/mirror-{o}',
    ],
  },
  'OpenBao PushSecrets both ways': {
    writes: [
      'ClusterSecretStore bao-remote: openbao-{o}.openbao.svc',
      'Service openbao/openbao-{o}',
      'PushSecret harbor/replication-{w}: bao-remote',
    ],
    follows: [
      'ClusterSecretStore bao-remote: openbao-{w}.openbao.svc',
      'Service openbao/openbao-{w}',
      'PushSecret harbor/replication-{o}: bao-remote',
    ],
  },
  'Falco -> Falcosidekick -> Kafka -> OpenSearch': {
    writes: [
      'Release falco/falcosidekick: siem.falco',
      'KafkaTopic strimzi/siem.falco',
      'KafkaUser strimzi/falco-events',
      'OpenTelemetryCollector opentelemetry/siem-indexer: siem-{w}-falco',
      'Job opensearch/replication: siem-{o}-*',
    ],
    follows: [
      'Release falco/falcosidekick: siem.falco',
      'KafkaTopic strimzi/siem.falco',
      'KafkaUser strimzi/falco-events',
      'OpenTelemetryCollector opentelemetry/siem-indexer: siem-{o}-falco',
      'Job opensearch/replication: siem-{w}-*',
    ],
  },
  'Harbor both ways': {
    writes: ['Job harbor/replication: {o}', 'PushSecret harbor/replication-{w}'],
    follows: ['Job harbor/replication: {w}', 'PushSecret harbor/replication-{o}'],
  },
  'MinIO both ways, and to the archive': {
    writes: ['Job minio/replication: minio-{o}.minio.svc', 'Service minio/minio-{o}', 'Job minio/archive: {w}'],
    follows: ['Job minio/replication: minio-{w}.minio.svc', 'Service minio/minio-{w}', 'Job minio/archive: {o}'],
  },
  'Velero reads what the other saved': {
    writes: ['BackupStorageLocation velero/archival: "prefix":"{w}', 'BackupStorageLocation velero/archival-{o}: ReadOnly'],
    follows: ['BackupStorageLocation velero/archival: "prefix":"{o}', 'BackupStorageLocation velero/archival-{w}: ReadOnly'],
  },
  'DNS -> Gateways': {
    writes: ['Gslb flux-system/flux-webhook: roundRobin', 'Gslb keycloak/auth: "failover"', 'HTTPRoute flux-system/flux-webhook-gslb'],
    follows: ['Gslb flux-system/flux-webhook: roundRobin', 'Gslb keycloak/auth: "failover"', 'HTTPRoute flux-system/flux-webhook-gslb'],
  },
}
