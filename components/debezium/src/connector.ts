import { type Resource, resource } from '@openova/core'
import { connectName } from './connect.ts'
import { mountOf, type Source } from './sources.ts'

/** Reads one database into topics below `cdc.`, in the region that writes. */
export function connector(source: Source, { partitions, running }: { partitions: number; running: boolean }): Resource {
  const { name, host, port, database, publication, tables, outbox, secret, ca, followed } = source
  const read = (key: string) => `\${directory:${mountOf(secret)}:${key}}`
  return resource('kafka.strimzi.io/v1/KafkaConnector', name, {
    labels: { 'strimzi.io/cluster': connectName },
    spec: {
      class: 'io.debezium.connector.postgresql.PostgresConnector',
      // PostgreSQL gives its changes to one reader.
      tasksMax: 1,
      autoRestart: { enabled: true },
      state: running ? 'running' : 'stopped',
      config: {
        'database.hostname': host,
        'database.port': port,
        'database.user': read('username'),
        'database.password': read('password'),
        'database.dbname': database,
        'database.sslmode': 'verify-full',
        'database.sslrootcert': ca,
        'plugin.name': 'pgoutput',
        'publication.name': publication,
        'publication.autocreate.mode': 'disabled',
        'slot.name': `debezium_${name.replaceAll('-', '_')}`,
        'slot.failover': followed || undefined,
        // Neither the slot nor the position in Kafka goes to the other region: there the tables are read anew.
        'snapshot.mode': 'when_needed',
        'table.include.list': tables.length > 0 ? [...tables, ...(outbox ? [outbox.replace('.', '\\.')] : [])].join(',') : undefined,
        'topic.prefix': `cdc.${name}`,
        'topic.creation.default.partitions': partitions,
        'topic.creation.default.replication.factor': -1,
        // Without it, the log of a quiet database would be kept for ever.
        'heartbeat.interval.ms': 10_000,
        'topic.heartbeat.prefix': 'debezium-heartbeat',
        ...(outbox && routing(`cdc.${name}.${outbox}`)),
      },
    },
  })
}

/** Rows of the outbox are events: their payload goes to the topic that they name. */
const routing = (topic: string) => ({
  predicates: 'isOutbox',
  'predicates.isOutbox.type': 'org.apache.kafka.connect.transforms.predicates.TopicNameMatches',
  'predicates.isOutbox.pattern': topic.replaceAll('.', '\\.'),
  transforms: 'outbox',
  'transforms.outbox.type': 'io.debezium.transforms.outbox.EventRouter',
  'transforms.outbox.predicate': 'isOutbox',
  'transforms.outbox.route.topic.replacement': 'cdc.${routedByValue}',
  'transforms.outbox.table.expand.json.payload': true,
})
