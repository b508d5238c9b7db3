import clickhouse, { hostsOf } from '@openova/clickhouse'
import { analytics, defineProduct, topic, use } from '@openova/core'
import debezium from '@openova/debezium'
import flink from '@openova/flink'
import iceberg from '@openova/iceberg'
import minio from '@openova/minio'
import strimzi from '@openova/strimzi'
import temporal from '@openova/temporal'
import { checkRegions } from './check.ts'
import { changes } from './names.ts'
import { changesJob } from './stream.ts'
import { tablesJob } from './tables.ts'
import { values } from './values.ts'

export type { FabricValues } from './values.ts'
export { default as schema } from '../values.schema.json' with { type: 'json' }

/** Data and integration: every change of a database flows through Kafka and Flink into Iceberg and ClickHouse; Temporal runs what follows from it. */
export default defineProduct({
  name: 'fabric',
  tier: 'product',
  category: 'integration',
  namespace: 'fabric',
  values,

  after: { config: ['flink/setup'] },
  metrics: [
    {
      name: 'Changes that wait',
      expr: 'sum by (consumergroup, topic) (kafka_consumergroup_lag{consumergroup=~"flink-changes|fabric-changes"})',
      unit: 'records',
      above: 100_000,
      for: '15m',
      action:
        'Of flink-changes: look at the job `changes` in the web interface of Flink. Of fabric-changes: ask ClickHouse for system.kafka_consumers, then run the Job `tables` in namespace fabric again.',
    },
  ],

  needs: ({ values: { partitions } }) => ({
    kafka: topic({ writes: [{ name: changes, partitions }], reads: [changes], group: 'fabric' }),
    tables: analytics({ name: 'fabric', kafka: true }),
  }),
  check: checkRegions,

  config: ({ values, region, writeRegion, granted: { kafka, tables } }) => {
    const here = writeRegion('flink') === region.name
    return [
      tablesJob(values, { here, host: `${hostsOf(region, 1)[0]}.clickhouse.svc`, kafka, tables }),
      // As for every job of Flink, the other region has none.
      here && changesJob(values),
    ]
  },

  bundles: [
    use(strimzi, { brokers: 3, cpu: '500m', memory: '2Gi' }),
    use(flink, {
      jobManager: { replicas: 1, cpu: '800m', memory: '1600Mi' },
      taskManager: { replicas: 2, slots: 2, cpu: '2', memory: '4Gi' },
      reads: ['cdc.*'],
      writes: [changes],
      code: { enabled: true },
    }),
    use(temporal),
    use(debezium, { replicas: 1, cpu: '500m', memory: '1Gi' }),
    use(iceberg),
    use(clickhouse, { replicas: 2, cpu: '1800m', memory: '7552Mi' }),
    use(minio),
  ],
  limits: { cpu: '14.5', memory: '41Gi' },
})
