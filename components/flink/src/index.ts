import { analytics, bucket, defineComponent, generate, host, optional, platformCa, secret, topic } from '@openova/core'
import { checkJobs } from './check.ts'
import { cluster } from './cluster.ts'
import { jarHosts, sessionJob } from './jobs.ts'
import { operator } from './operator.ts'
import { values } from './values.ts'

export { sessionJob } from './jobs.ts'
export type { FlinkValues } from './values.ts'
export { default as schema } from '../values.schema.json' with { type: 'json' }

/** Streams of records, transformed by jobs in one shared cluster that keeps its state in MinIO. */
export default defineComponent({
  name: 'flink',
  tier: 'a-la-carte',
  category: 'workflow',
  namespace: 'flink',
  values,

  provides: { 'flink.apache.org': 'install' },
  network: ({ values: { jobs } }) => ({
    egress: jarHosts(jobs),
    apiServer: true,
    webhooks: [9443],
    metrics: [9249],
    calls: [{ to: 'iceberg', ports: [8181] }],
  }),
  metrics: [
    {
      name: 'Running jobs',
      expr: 'sum(flink_jobmanager_numRunningJobs)',
      unit: 'jobs',
      for: '5m',
      action: 'As many as `jobs` in the region that writes, none in the other one.',
    },
    {
      name: 'Restarts of a job',
      expr: 'max by (job_name) (increase(flink_jobmanager_job_numRestarts[15m]))',
      unit: 'restarts',
      above: 3,
      for: '5m',
      action: 'Look at the exceptions of that job in the web interface: a record that it cannot read, or a sink that is away.',
    },
    {
      name: 'Failed checkpoints',
      expr: 'max by (job_name) (increase(flink_jobmanager_job_numberOfFailedCheckpoints[30m]))',
      unit: 'checkpoints',
      above: 3,
      for: '15m',
      action: 'Look at MinIO, and at what holds the job back; until one succeeds, a failure repeats all work since the last.',
    },
  ],

  needs: ({ values: { reads, writes } }) => ({
    web: host({ name: 'flink', service: 'flink-rest', port: 8081, audience: 'internal' }),
    state: bucket({
      name: 'flink',
      replicated: true,
      secret: (s3) => ({ AWS_ACCESS_KEY_ID: s3.accessKey, AWS_SECRET_ACCESS_KEY: s3.secretKey }),
    }),
    kafka: optional(topic({ reads, writes: writes.map((name) => ({ name })), group: 'flink' })),
    clickhouse: optional(analytics({ name: 'flink' })),
    webhook: secret('webhook-keystore', { password: generate(32) }),
  }),
  check: checkJobs,

  before: () => [platformCa.certificate('flink-rest.flink.svc')],
  releases: ({ values: { jobs, code }, granted: { webhook } }) => [operator({ jobs, code, keystore: webhook.secret })],
  setup: ({ values, region, has, granted: { state, kafka, clickhouse } }) => [
    cluster(values, { region, state, kafka, clickhouse, iceberg: has('iceberg') }),
  ],
  config: ({ values: { jobs }, region, writeRegion }) =>
    // The operator refuses a job that begins suspended, so the other region has none.
    writeRegion('flink') === region.name ? jobs.map(sessionJob) : [],
})
