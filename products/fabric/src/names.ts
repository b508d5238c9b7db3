/** Topic with the changes of all tables, in one shape; it also names the job, and the tables in Iceberg and ClickHouse. */
export const changes = 'lake.changes'

/** What is said of each change, in the order of its columns. */
export const columns = [
  { name: 'topic', flink: 'STRING', clickhouse: 'LowCardinality(String)' },
  { name: 'key', flink: 'STRING', clickhouse: 'String' },
  /** `c`, `u`, `d`, `r` as Debezium says it, `e` for an event of an outbox. */
  { name: 'op', flink: 'STRING', clickhouse: 'LowCardinality(String)' },
  { name: 'before', flink: 'STRING', clickhouse: 'String' },
  { name: 'after', flink: 'STRING', clickhouse: 'String' },
  /** Place in the log of the database. */
  { name: 'lsn', flink: 'BIGINT', clickhouse: 'Int64' },
  /** Milliseconds since 1970. */
  { name: 'changed', flink: 'BIGINT', clickhouse: 'Int64' },
] as const
