import { type Grant, job, type Resource, resource, toolImages } from '@openova/core'
import { changes, columns } from './names.ts'
import type { FabricValues } from './values.ts'

interface Options {
  /** Whether this region writes. */
  here: boolean
  /** The server that reads Kafka; the others have what it reads as its replicas. */
  host: string
  kafka: Grant<'topic'>
  tables: Grant<'analytics'>
}

/** Makes the table in both regions and its reader in the one that writes; may run again at any time, and does after every change of its script. */
export function tablesJob(values: FabricValues, options: Options): Resource {
  const { host, kafka, tables } = options
  const from = (name: string, secret: string) => ({ name, valueFrom: { secretKeyRef: { name: secret, key: 'password' } } })
  return resource('batch/v1/Job', 'tables', {
    annotations: { 'kustomize.toolkit.fluxcd.io/force': 'enabled' },
    workloads: [job('tables', { replicas: 1, cpu: '10m', memory: '128Mi', memoryLimit: '512Mi' })],
    spec: {
      backoffLimit: 20,
      template: {
        spec: {
          automountServiceAccountToken: false,
          restartPolicy: 'OnFailure',
          securityContext: {
            runAsNonRoot: true,
            runAsUser: 101,
            runAsGroup: 101,
            fsGroup: 101,
            seccompProfile: { type: 'RuntimeDefault' },
          },
          containers: [
            {
              name: 'tables',
              image: toolImages.clickhouse,
              command: ['/bin/bash', '-euo', 'pipefail', '-c', script(values, options)],
              env: [
                { name: 'HOME', value: '/tmp' },
                { name: 'CLICKHOUSE_HOST', value: host },
                { name: 'CLICKHOUSE_USER', value: tables.username },
                from('CLICKHOUSE_PASSWORD', tables.secret),
                from('KAFKA_PASSWORD', kafka.secret),
              ],
              securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } },
              volumeMounts: [{ name: 'scratch', mountPath: '/tmp' }],
            },
          ],
          volumes: [{ name: 'scratch', emptyDir: { sizeLimit: '64Mi' } }],
        },
      },
    },
  })
}

/** A change that Flink or the mirror wrote twice has the same sorting key, and is one row after a merge; `FINAL` reads it so. */
function script({ keepDays }: FabricValues, { here, kafka, tables: { database, cluster } }: Options): string {
  const list = (indent: string) => columns.map(({ name, clickhouse }) => `${indent}"${name}" ${clickhouse}`).join(',\n')
  const ttl = `toDateTime(changed_at) + toIntervalDay(${keepDays})`
  const close = `DROP VIEW IF EXISTS ${database}.changes_reader;
DROP TABLE IF EXISTS ${database}.changes_queue;`
  const open = `CREATE TABLE ${database}.changes_queue (
${list('  ')}
) ENGINE = Kafka SETTINGS
  kafka_broker_list = '${kafka.bootstrap}',
  kafka_security_protocol = 'sasl_ssl',
  kafka_sasl_mechanism = 'SCRAM-SHA-512',
  kafka_sasl_username = '${kafka.username}',
  kafka_sasl_password = '$KAFKA_PASSWORD',
  kafka_topic_list = '${changes}',
  kafka_group_name = '${kafka.group}-changes',
  kafka_format = 'JSONEachRow';
CREATE MATERIALIZED VIEW ${database}.changes_reader TO ${database}.changes AS
SELECT *, fromUnixTimestamp64Milli(changed, 'UTC') AS changed_at FROM ${database}.changes_queue;`
  return `ask() { clickhouse-client --host "$CLICKHOUSE_HOST" --multiquery; }
${
  here
    ? `ask <<'SQL'
CREATE TABLE IF NOT EXISTS ${database}.changes ON CLUSTER ${cluster} (
${list('  ')},
  changed_at DateTime64(3, 'UTC')
) ENGINE = ReplicatedReplacingMergeTree PARTITION BY toYYYYMM(changed_at) ORDER BY (topic, key, lsn, op, changed) TTL ${ttl} SETTINGS ttl_only_drop_parts = 1;
ALTER TABLE ${database}.changes ON CLUSTER ${cluster} MODIFY TTL ${ttl} SETTINGS materialize_ttl_after_modify = 0;
SQL
`
    : ''
}ask <<SQL
${here ? `${close}\n${open}` : close}
SQL
`
}
