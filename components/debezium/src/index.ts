import { database, defineComponent, optional, platformCa, secret, supply, topic } from '@openova/core'
import { checkSources } from './check.ts'
import { connect } from './connect.ts'
import { connector } from './connector.ts'
import { metricsRules } from './metrics.ts'
import { clientOpening } from './opening.ts'
import { ownSource, outsideSource, secretOf } from './sources.ts'
import { values } from './values.ts'

export type { DebeziumValues } from './values.ts'
export { default as schema } from '../values.schema.json' with { type: 'json' }

/** Publishes every change of a table in PostgreSQL as a record in Kafka: of the platform's own database `source`, and of others outside. */
export default defineComponent({
  name: 'debezium',
  tier: 'a-la-carte',
  category: 'workflow',
  namespace: 'debezium',
  values,

  network: ({ values: { sources } }) => ({
    egress: sources.map(({ host, port }) => `${host}:${port}`),
    metrics: [9404],
    // The operator makes connectors by the API of Connect.
    ingress: [{ from: 'strimzi', ports: [8083] }],
  }),
  metrics: [
    {
      name: 'Behind the source',
      expr: 'max by (server) (debezium_postgres_connector_metrics_millisecondsbehindsource) / 1000',
      unit: 's',
      above: 60,
      for: '10m',
      action: 'Look at the log of debezium-connect: Kafka is slow to take the records, or one transaction was very large.',
    },
    {
      name: 'Connectors that failed',
      expr: 'count by (connector) (kafka_connect_connector_status{status="failed"})',
      unit: 'tasks',
      above: 0,
      for: '5m',
      action:
        'Run `kubectl describe kafkaconnector` in namespace debezium: its status has the error. Where the slot was given up, drop it in the database; the tables are then read anew.',
    },
    {
      name: 'Changes that nobody has read',
      expr: 'max by (slot_name) (cnpg_pg_replication_slots_pg_wal_lsn_diff{slot_name=~"debezium_.*"}) / 2^20',
      unit: 'MiB',
      above: 2048,
      for: '15m',
      action:
        'They fill the volume of `source` up to its half, then they are lost: bring the connector back, or drop the slot of one that is gone.',
    },
  ],

  needs: ({ values: { database: own, sources } }) => ({
    kafka: topic({ manages: ['cdc.', 'debezium-'], group: 'debezium' }),
    source: own.enabled && optional(database({ name: 'source', scope: 'replicated', storage: own.storage, changes: true })),
    ...Object.fromEntries(
      sources.map(({ name, host }) => [
        secretOf(name),
        secret(secretOf(name), {
          username: supply(`User at ${host} with the attribute REPLICATION that may read the tables`),
          password: supply(`Password of that user`),
          ca: supply(`Certificate, in PEM, of the CA that signed the certificate of ${host}`),
        }),
      ]),
    ),
  }),
  check: checkSources,

  before: ({ values: { database: own } }) => [
    platformCa.certificate('debezium-connect-api.debezium.svc'),
    metricsRules(),
    own.enabled && own.clients.length > 0 && clientOpening(own.clients),
  ],
  install: ({ values, region, granted: { kafka, source }, writeRegion }) => [
    connect(values, {
      kafka,
      sources: [source && source.secret, ...values.sources.map(({ name }) => secretOf(name))],
      replicas: writeRegion('debezium') === region.name ? values.replicas : 0,
    }),
  ],
  config: ({ values, region, granted: { source }, writeRegion }) =>
    [source && ownSource(source, values.database), ...values.sources.map(outsideSource)].map(
      (one) => one && connector(one, { partitions: values.partitions, running: writeRegion('debezium') === region.name }),
    ),
})
