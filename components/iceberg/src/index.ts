import { bucket, client, database, defineComponent, generate, host, optional, platformCa, secret } from '@openova/core'
import { catalog } from './catalog.ts'
import { values } from './values.ts'
import { audience, warehouse } from './warehouse.ts'

export type { IcebergValues } from './values.ts'
export { default as schema } from '../values.schema.json' with { type: 'json' }

/** Catalog of Iceberg tables by their REST API: Lakekeeper, with one warehouse in MinIO. */
export default defineComponent({
  name: 'iceberg',
  tier: 'a-la-carte',
  category: 'analytics',
  namespace: 'iceberg',
  values,

  // Whoever uses the catalog says so by `calls`: 8181.
  network: { apiServer: true, metrics: [9000] },
  metrics: [
    {
      name: 'Failed requests',
      expr: 'sum by (endpoint) (rate(axum_http_requests_total{namespace="iceberg",status=~"5.."}[5m]))',
      unit: 'req/s',
      above: 0.1,
      for: '10m',
      action: 'Read the log of the pods in namespace iceberg: the database or MinIO is away, or its credential is another.',
    },
    {
      name: 'Slow requests',
      expr: 'histogram_quantile(0.95, sum by (le) (rate(axum_http_requests_duration_seconds_bucket{namespace="iceberg"}[5m])))',
      unit: 's',
      above: 2,
      for: '10m',
      action: 'Look at Cluster iceberg, then at MinIO: a commit waits for both.',
    },
    {
      name: 'Pods that are not ready',
      expr: 'max(kube_deployment_status_replicas_unavailable{namespace="iceberg",deployment="lakekeeper"})',
      unit: 'pods',
      above: 0,
      for: '10m',
      action: 'They wait for the Job `lakekeeper-db-migration-*`; look at its log, and at the database.',
    },
  ],
  privileges: [{ role: 'system:auth-delegator', reason: 'It asks the API server whose token a pod shows.' }],

  needs: ({ values: { storage } }) => ({
    web: host({ name: 'iceberg', service: 'lakekeeper', port: 8181, audience: 'internal' }),
    // Its page in the browser logs in; pods show the token of their ServiceAccount.
    login: optional(client({ name: audience, returnsTo: [{ host: 'iceberg', paths: ['/ui/callback'] }], public: true })),
    db: database({ name: 'iceberg', scope: 'replicated', storage }),
    tables: bucket({ name: 'warehouse', replicated: true }),
    // What the database holds of secrets is encrypted by it, in both regions.
    encryption: secret('encryption', { encryptionKey: generate(64) }, { scope: 'shared' }),
  }),

  before: () => [platformCa.certificate('lakekeeper.iceberg.svc')],
  releases: ({ values, region, writeRegion, granted: { login, db, encryption } }) => [
    catalog(values, { here: writeRegion('iceberg') === region.name, login, db, encryption: encryption.secret }),
  ],
  config: ({ values, region, writeRegion, granted: { tables } }) =>
    writeRegion('iceberg') === region.name ? warehouse(values, tables) : [],
})
