import { bucket, defineComponent, generate, release, secret, statefulSet, template } from '@openova/core'
import { internalCa } from './certificate.ts'
import { dumpJob } from './dump.ts'
import { serverValues } from './server.ts'
import { values } from './values.ts'

export type { Neo4JValues } from './values.ts'
export { default as schema } from '../values.schema.json' with { type: 'json' }

/** Graph database in its Community edition: one server in each region, independent of the other, dumped to MinIO every day. */
export default defineComponent({
  name: 'neo4j',
  tier: 'a-la-carte',
  category: 'ai-ml',
  namespace: 'neo4j',
  values,

  network: { apiServer: true },
  metrics: [
    {
      name: 'Servers that answer',
      // This edition has no metrics of its own; the pod is ready while it answers on 7687.
      expr: 'sum(kube_statefulset_status_replicas_ready{namespace="neo4j"})',
      unit: 'servers',
      below: 1,
      for: '20m',
      action:
        'Read the log of neo4j-0, that of its container `offline` too: a dump stops the server for minutes, a restore until it is done.',
    },
    {
      name: 'Free space',
      expr: 'min(kubelet_volume_stats_available_bytes{namespace="neo4j"} / kubelet_volume_stats_capacity_bytes{namespace="neo4j"})',
      unit: 'of 1',
      below: 0.2,
      for: '30m',
      action: 'Raise `storage`: the volume must hold the graph and a dump of it.',
    },
    {
      name: 'Failed dumps',
      expr: 'sum(kube_job_status_failed{namespace="neo4j"})',
      unit: 'dumps',
      above: 0,
      for: '15m',
      action:
        'Read the log of the Job, then that of `offline` and `upload` in neo4j-0: the server was not shut down in order, or MinIO does not answer.',
    },
    {
      name: 'Age of the last dump',
      expr: '(time() - max(kube_cronjob_status_last_successful_time{namespace="neo4j"})) / 3600',
      unit: 'h',
      above: 36,
      for: '1h',
      action: 'Make one by hand: `kubectl -n neo4j create job --from=cronjob/dump dump-now`.',
    },
  ],

  needs: {
    dumps: bucket({ name: 'neo4j-dump', replicated: true }),
    // A dump of one region is read in the other, and clients may turn to either.
    auth: secret('auth', { NEO4J_AUTH: template('neo4j/{{ .password }}'), password: generate(32) }, { scope: 'shared' }),
  },

  before: () => [internalCa()],
  releases: ({ values, region, granted: { dumps, auth } }) => [
    release('neo4j', {
      chart: { name: 'neo4j', repository: 'https://helm.neo4j.com/neo4j', version: '5.26.21' },
      workloads: [
        statefulSet('neo4j', {
          at: { resources: 'neo4j.resources' },
          replicas: 1,
          cpu: values.cpu,
          memory: values.memory,
          memoryLimit: values.memory,
          volume: values.storage,
        }),
      ],
      values: serverValues({ values, region: region.name, bucket: dumps, auth: auth.secret }),
      // It may stand still for a restore.
      timeout: 60,
    }),
  ],
  config: ({ values, region, granted: { dumps } }) => dumpJob({ values, region, bucket: dumps }),
})
