import type { Resource } from '@openova/core'
import { sessionJob } from '@openova/flink'
import { changes, columns } from './names.ts'
import type { FabricValues } from './values.ts'

/** Reads the changes of all tables, and writes each to the lake and to the topic that ClickHouse reads. */
export function changesJob({ parallelism, savepoint, warehouse }: FabricValues): Resource {
  const job = { name: 'changes', jar: 'file:///jobs/sql-runner.jar', entryClass: '', args: statements(warehouse), parallelism, savepoint }
  return { ...sessionJob(job), namespace: 'flink' }
}

/** In SQL of Flink, one statement each; `${NAME}` is of the environment of Flink's pods. */
export const statements = (warehouse: string): string[] => [records, published, lake(warehouse), database, table, view, copy]

const login = `'properties.bootstrap.servers' = '\${KAFKA_BOOTSTRAP}',
  'properties.security.protocol' = 'SASL_SSL',
  'properties.sasl.mechanism' = 'SCRAM-SHA-512',
  'properties.sasl.jaas.config' = 'org.apache.flink.kafka.shaded.org.apache.kafka.common.security.scram.ScramLoginModule required username="\${KAFKA_USERNAME}" password="\${KAFKA_PASSWORD}";'`

/** Topics of new tables are found within a minute. The group is mirrored, so that the other region goes on where this one was. */
const records = `CREATE TEMPORARY TABLE records (
  \`topic\` STRING METADATA VIRTUAL,
  \`published_at\` TIMESTAMP_LTZ(3) METADATA FROM 'timestamp' VIRTUAL,
  \`record_key\` STRING,
  \`record\` STRING
) WITH (
  'connector' = 'kafka',
  'topic-pattern' = 'cdc\\..*',
  'scan.topic-partition-discovery.interval' = '1 min',
  'scan.startup.mode' = 'group-offsets',
  'properties.auto.offset.reset' = 'earliest',
  'properties.group.id' = '\${KAFKA_GROUP}-changes',
  ${login},
  'key.format' = 'raw',
  'key.fields' = 'record_key',
  'value.format' = 'raw',
  'value.fields-include' = 'EXCEPT_KEY'
)`

const typed = (extra = '') => `  ${columns.map(({ name, flink }) => `\`${name}\` ${flink}`).join(',\n  ')}${extra}`

const published = `CREATE TEMPORARY TABLE published (
${typed()}
) WITH (
  'connector' = 'kafka',
  'topic' = '${changes}',
  'sink.delivery-guarantee' = 'at-least-once',
  'properties.client.id' = '\${KAFKA_GROUP}-changes',
  'properties.compression.type' = 'zstd',
  ${login},
  'key.format' = 'json',
  'key.fields' = 'topic;key',
  'value.format' = 'json'
)`

/** Objects are signed by the catalog, so that no credential of MinIO ends while the job runs. */
const lake = (warehouse: string) => `CREATE CATALOG lake WITH (
  'type' = 'iceberg',
  'catalog-type' = 'rest',
  'uri' = '\${ICEBERG_URI}',
  'warehouse' = '${warehouse}',
  'rest.auth.type' = 'io.openova.flink.TokenFile',
  'token-file' = '\${ICEBERG_TOKEN_FILE}',
  'header.X-Iceberg-Access-Delegation' = 'remote-signing',
  'io-impl' = 'org.apache.iceberg.aws.s3.S3FileIO',
  's3.path-style-access' = 'true',
  'client.region' = 'us-east-1'
)`

const database = 'CREATE DATABASE IF NOT EXISTS `lake`.`cdc`'

const table = `CREATE TABLE IF NOT EXISTS \`lake\`.\`cdc\`.\`changes\` (
${typed(',\n  `day` DATE')}
) PARTITIONED BY (\`day\`) WITH (
  'format-version' = '2',
  'write.format.default' = 'parquet',
  'write.parquet.compression-codec' = 'zstd',
  'write.distribution-mode' = 'hash',
  'write.metadata.delete-after-commit.enabled' = 'true',
  'write.metadata.previous-versions-max' = '100'
)`

/** A record without a value only says that one before it was of a deleted row. One without \`op\` is an event as its application wrote it. */
const view = `CREATE TEMPORARY VIEW changes AS SELECT
  \`topic\`,
  COALESCE(\`record_key\`, '') AS \`key\`,
  COALESCE(JSON_VALUE(\`record\`, '$.op'), 'e') AS \`op\`,
  COALESCE(JSON_QUERY(\`record\`, '$.before'), '') AS \`before\`,
  CASE WHEN JSON_EXISTS(\`record\`, '$.op') THEN COALESCE(JSON_QUERY(\`record\`, '$.after'), '') ELSE \`record\` END AS \`after\`,
  COALESCE(CAST(JSON_VALUE(\`record\`, '$.source.lsn') AS BIGINT), 0) AS \`lsn\`,
  COALESCE(
    CAST(JSON_VALUE(\`record\`, '$.source.ts_ms') AS BIGINT),
    1000 * CAST(TIMESTAMPDIFF(SECOND, TO_TIMESTAMP_LTZ(0, 3), \`published_at\`) AS BIGINT)
  ) AS \`changed\`
FROM records WHERE \`record\` IS NOT NULL`

const names = columns.map(({ name }) => `\`${name}\``).join(', ')

const copy = `EXECUTE STATEMENT SET BEGIN
INSERT INTO \`lake\`.\`cdc\`.\`changes\` SELECT ${names}, CAST(TO_TIMESTAMP_LTZ(\`changed\`, 3) AS DATE) FROM changes;
INSERT INTO published SELECT ${names} FROM changes;
END`
