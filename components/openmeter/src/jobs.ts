import { type Grant, job, platformCa, type Resource, resource, toolImages } from '@openova/core'
import type { passwords } from './config.ts'
import { caMounts, containerSecurity, image, podSecurity } from './pod.ts'

const forced = { 'kustomize.toolkit.fluxcd.io/force': 'enabled' }
const { sysctls: _, ...jobSecurity } = podSecurity

/** Before OpenMeter makes it: its own would lie on one server of ClickHouse only. */
export function eventsTable({ database, cluster, host, username, secret }: Grant<'analytics'>): Resource {
  return resource('batch/v1/Job', 'events-table', {
    annotations: forced,
    workloads: [job('events-table', { replicas: 1, cpu: '10m', memory: '128Mi', memoryLimit: '512Mi' })],
    spec: {
      backoffLimit: 20,
      template: {
        spec: {
          automountServiceAccountToken: false,
          restartPolicy: 'OnFailure',
          securityContext: jobSecurity,
          containers: [
            {
              name: 'clickhouse-client',
              image: toolImages.clickhouse,
              command: ['clickhouse-client', '--host', host, '--query', createTable(database, cluster)],
              env: [
                { name: 'HOME', value: '/tmp' },
                { name: 'CLICKHOUSE_USER', value: username },
                { name: 'CLICKHOUSE_PASSWORD', valueFrom: { secretKeyRef: { name: secret, key: 'password' } } },
              ],
              securityContext: containerSecurity,
              volumeMounts: [{ name: 'scratch', mountPath: '/tmp' }],
            },
          ],
          volumes: [{ name: 'scratch', emptyDir: { sizeLimit: '64Mi' } }],
        },
      },
    },
  })
}

/** The servers wait for it. */
export function migration(env: ReturnType<typeof passwords>): Resource {
  return resource('batch/v1/Job', 'migration', {
    annotations: forced,
    workloads: [job('migration', { replicas: 1, cpu: '60m', memory: '128Mi', memoryLimit: '256Mi' })],
    spec: {
      backoffLimit: 20,
      template: {
        spec: {
          automountServiceAccountToken: false,
          restartPolicy: 'OnFailure',
          securityContext: jobSecurity,
          containers: [
            {
              name: 'migration',
              image,
              command: ['/entrypoint.sh', 'openmeter-jobs', '--config', '/etc/openmeter/config.yaml', 'migrate'],
              env,
              securityContext: containerSecurity,
              volumeMounts: [{ name: 'config', mountPath: '/etc/openmeter' }, ...caMounts],
            },
          ],
          volumes: [{ name: 'config', configMap: { name: 'openmeter' } }, platformCa.volume],
        },
      },
    },
  })
}

/** As OpenMeter writes it, but for the engine. */
const createTable = (database: string, cluster: string) => `CREATE TABLE IF NOT EXISTS ${database}.om_events ON CLUSTER ${cluster} (
  namespace String,
  id String,
  type LowCardinality(String),
  subject String,
  source String,
  time DateTime,
  data String,
  ingested_at DateTime,
  stored_at DateTime,
  INDEX om_events_stored_at stored_at TYPE minmax GRANULARITY 4,
  store_row_id String
) ENGINE = ReplicatedMergeTree
PARTITION BY toYYYYMM(time)
ORDER BY (namespace, type, subject, toStartOfHour(time))`
