import { client, database, defineComponent, host, optional, platformCa, release } from '@openova/core'
import { temporalValues } from './helm-values.ts'
import { values } from './values.ts'
import { workloads } from './workloads.ts'

export type { TemporalValues } from './values.ts'
export { default as schema } from '../values.schema.json' with { type: 'json' }

/** Workflows that survive every crash, on a database that one region writes. */
export default defineComponent({
  name: 'temporal',
  tier: 'a-la-carte',
  category: 'workflow',
  namespace: 'temporal',
  values,

  // It asks nobody who he is: a component with workers or clients says so by `calls`, 7233, and no host leads there.
  network: { metrics: [9090] },
  metrics: [
    {
      name: 'Failed requests',
      expr: 'sum by (service_name, error_type) (rate(service_error_with_type{namespace="temporal"}[5m]))',
      unit: 'req/s',
      above: 5,
      for: '10m',
      action: 'The label `error_type` says why; unavailable parts and a slow database show in the other figures.',
    },
    {
      name: 'Slow database',
      expr: 'histogram_quantile(0.95, sum by (le) (rate(persistence_latency_bucket{namespace="temporal"}[5m])))',
      unit: 's',
      above: 1,
      for: '10m',
      action: 'Look at Cluster temporal: its servers want memory, or its volumes are slow.',
    },
    {
      name: 'Pods that are not ready',
      expr: 'sum by (deployment) (kube_deployment_status_replicas_unavailable{namespace="temporal"})',
      unit: 'pods',
      above: 0,
      for: '15m',
      action: 'They restart until the schema is there: look at the Jobs `temporal-schema-*`, then at the log of the part.',
    },
  ],

  needs: ({ values: { storage }, has }) => ({
    // Nobody is asked who he is without Keycloak, so that the internet never sees it then.
    web: host({ name: 'temporal', service: 'temporal-web', port: 8080, audience: has('keycloak') ? 'public' : 'internal' }),
    login: optional(client({ name: 'temporal', returnsTo: [{ host: 'temporal', paths: [callback] }] })),
    db: database({ name: 'temporal', scope: 'replicated', storage }),
    visibility: database({ name: 'temporal_visibility', scope: 'replicated' }),
  }),

  before: () => [platformCa.certificate('temporal-frontend.temporal.svc')],
  releases: ({ values, region, writeRegion, granted: { web, login, db, visibility } }) => {
    const here = writeRegion('temporal') === region.name
    return [
      release('temporal', {
        chart: { name: 'temporal', repository: 'https://go.temporal.io/helm-charts/', version: '1.6.0' },
        workloads: workloads(values, here),
        values: temporalValues(values, { here, web, callback, login, db, visibility }),
        // Jobs are named after the release, and go a day after they have ended.
        drift: { mode: 'enabled', ignore: [{ paths: [''], target: { kind: 'Job' } }] },
        // All parts restart until both schemas are there.
        timeout: 30,
      }),
    ]
  },
})

const callback = '/auth/sso/callback'
