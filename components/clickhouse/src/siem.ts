import { compareText, type ClaimOf, type Grant } from '@openova/core'

export const siemDatabase = 'siem'

/** Topics of security events that somebody writes. */
export function siemTopics(claims: readonly ClaimOf<'topic'>[]): string[] {
  const written = claims.flatMap(({ ask: { writes = [] } }) => writes.map(({ name }) => name))
  return [...new Set(written)].filter((name) => name.startsWith(prefix)).toSorted(compareText)
}

interface Events {
  hosts: readonly string[]
  topics: readonly string[]
  kafka: Grant<'topic'>
  keepDays: number
}

/**
 * Every server reads its share of the region's topics into the one table. A record is kept as it came, so none can fail to be read;
 * what stands in it is for queries to say (`JSONExtractString(event, 'rule')`).
 */
export function makeEvents({ hosts, topics, kafka, keepDays }: Events): string {
  const ttl = `toDateTime(time) + toIntervalDay(${keepDays})`
  return `for host in ${hosts.join(' ')}; do
  clickhouse-client --host "$host" --multiquery <<'SQL'
CREATE DATABASE IF NOT EXISTS siem;
CREATE TABLE IF NOT EXISTS siem.events (
  time DateTime64(3, 'UTC'),
  region LowCardinality(String),
  source LowCardinality(String),
  event String CODEC(ZSTD(3))
) ENGINE = ReplicatedMergeTree PARTITION BY toYYYYMM(time) ORDER BY (source, time) TTL ${ttl} SETTINGS ttl_only_drop_parts = 1;
DROP VIEW IF EXISTS siem.reader;
DROP TABLE IF EXISTS siem.queue;
CREATE TABLE siem.queue (event String) ENGINE = Kafka SETTINGS
  kafka_broker_list = '${kafka.bootstrap}',
  kafka_topic_list = '${topics.join(',')}',
  kafka_group_name = '${kafka.group}',
  kafka_format = 'RawBLOB';
CREATE MATERIALIZED VIEW siem.reader TO siem.events AS SELECT
  coalesce(_timestamp_ms, now64(3)) AS time,
  getMacro('region') AS region,
  substring(_topic, ${prefix.length + 1}) AS source,
  event
FROM siem.queue;
SQL
done
# A change of the days rewrites nothing that is there: whole months go when their time has come.
kept="$(clickhouse-client --host ${hosts[0]} --query "SELECT count() FROM system.tables WHERE database = 'siem' AND name = 'events' AND create_table_query LIKE '%toIntervalDay(${keepDays})%'")"
[ "$kept" = 1 ] || clickhouse-client --host ${hosts[0]} --query "ALTER TABLE siem.events MODIFY TTL ${ttl} SETTINGS materialize_ttl_after_modify = 0"
`
}

const prefix = 'siem.'
