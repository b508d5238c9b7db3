import { type Grant, type Release, release, statefulSet } from '@openova/core'
import { accessKey, addressOf, caFile, caMount, caVolume, fromEnvironment, secretKey } from './storage.ts'
import type { GrafanaValues } from './values.ts'

/** Logs, in one process. */
export function loki(
  { loki: { memory, volume }, retention }: GrafanaValues,
  { data, rules }: { data: Grant<'bucket'>; rules: Grant<'bucket'> },
): Release {
  return release('loki', {
    chart: { name: 'loki', repository: 'oci://ghcr.io/grafana-community/helm-charts', version: '18.11.0' },
    workloads: [statefulSet('loki', { at: 'singleBinary', replicas: 1, cpu: '100m', memory, memoryLimit: '1Gi', volume })],
    values: {
      deploymentMode: 'Monolithic',
      singleBinary: {
        persistence: { size: volume },
        podDisruptionBudget: { enabled: false },
        sidecar: false,
        extraEnvFrom: [data, rules].map(({ secret }) => ({ secretRef: { name: secret } })),
        extraVolumes: [caVolume],
        extraVolumeMounts: [caMount],
      },
      // The chart refuses one process beside any of these.
      write: { replicas: 0 },
      read: { replicas: 0 },
      backend: { replicas: 0 },
      gateway: { enabled: false },
      chunksCache: { enabled: false },
      resultsCache: { enabled: false },
      lokiCanary: { enabled: false },
      test: { enabled: false },
      sidecar: { rules: { enabled: false } },
      loki: {
        auth_enabled: false,
        analytics: { reporting_enabled: false },
        commonConfig: { replication_factor: 1 },
        schemaConfig: {
          configs: [{ from: '2025-01-01', store: 'tsdb', object_store: 's3', schema: 'v13', index: { prefix: 'index_', period: '24h' } }],
        },
        limits_config: { retention_period: retention.logs },
        compactor: { retention_enabled: true, delete_request_store: 's3' },
        storage: {
          type: 's3',
          bucketNames: { chunks: data.bucket, ruler: rules.bucket },
          s3: {
            endpoint: addressOf(data),
            region: 'us-east-1',
            accessKeyId: fromEnvironment(accessKey('LOKI_DATA')),
            secretAccessKey: fromEnvironment(secretKey('LOKI_DATA')),
            s3ForcePathStyle: true,
            http_config: { ca_file: caFile },
          },
        },
        // The ruler's bucket has its own user.
        structuredConfig: {
          ruler: {
            storage: {
              s3: { access_key_id: fromEnvironment(accessKey('LOKI_RULER')), secret_access_key: fromEnvironment(secretKey('LOKI_RULER')) },
            },
          },
        },
      },
    },
  })
}
