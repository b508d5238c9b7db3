import {
  analytics,
  cache,
  database,
  defineComponent,
  deployment,
  host,
  job,
  optional,
  platformCa,
  release,
  topic,
  type Workload,
} from '@openova/core'
import { openmeterConfig, passwords } from './config.ts'
import { eventsTable, migration } from './jobs.ts'
import { containerSecurity, cron, image, patches, podSecurity, version } from './pod.ts'
import { type OpenmeterValues, values } from './values.ts'

export type { OpenmeterValues } from './values.ts'
export { default as schema } from '../values.schema.json' with { type: 'json' }

/** Metering of use, with entitlements and invoices: events through Kafka into ClickHouse. */
export default defineComponent({
  name: 'openmeter',
  tier: 'a-la-carte',
  category: 'monetization',
  namespace: 'openmeter',
  values,

  network: { metrics: [10000] },
  metrics: [
    {
      name: 'Pods that are down',
      expr: 'count(up{namespace="openmeter"} == 0)',
      unit: 'pods',
      above: 0,
      for: '5m',
      action: 'Look at the pods in namespace openmeter; they wait for their database, for ClickHouse and for Kafka.',
    },
    {
      name: 'Events that wait',
      expr: 'sum by (consumergroup) (kafka_consumergroup_lag{consumergroup=~"openmeter-.*"})',
      unit: 'events',
      above: 10_000,
      for: '15m',
      action: 'Raise `sinks`, or look at the log of the worker of that group.',
    },
  ],

  needs: ({ values: { storage } }) => ({
    web: host({ name: 'openmeter', service: 'openmeter-api', port: 80, audience: 'internal' }),
    topics: topic({ manages: ['om_'], group: 'openmeter' }),
    events: analytics({ name: 'openmeter' }),
    db: database({ name: 'openmeter', scope: 'replicated', storage }),
    seen: optional(cache({ scope: 'replicated' })),
  }),

  check: ({ values: { sinks }, has }) => [
    sinks > 1 &&
      !has('valkey') && {
        at: 'sinks',
        message: `Unexpected ${sinks} sinks without valkey, expected 1: they would write what another one has written`,
        fix: 'choose valkey, or set `sinks: 1`',
      },
  ],

  before: ({ region, writeRegion, granted: { events } }) => [
    platformCa.certificate('openmeter-api.openmeter.svc'),
    writeRegion('openmeter') === region.name && eventsTable(events),
  ],
  releases: ({ values, region, writeRegion, granted }) => {
    const here = writeRegion('openmeter') === region.name
    return [
      release('openmeter', {
        chart: { name: 'openmeter', repository: 'oci://ghcr.io/openmeterio/helm-charts', version },
        workloads: workloads(values, here),
        values: {
          image: { tag: image.split(':')[1] },
          // With what the chart brings along it would overwrite these settings.
          kafka: { enabled: false },
          clickhouse: { enabled: false, operator: { install: false } },
          postgresql: { enabled: false },
          redis: { enabled: false },
          svix: { enabled: false },
          config: openmeterConfig(values, granted),
          serviceAccount: { automount: false },
          podAnnotations: { 'prometheus.io/scrape': 'true', 'prometheus.io/port': '10000' },
          podSecurityContext: podSecurity,
          securityContext: containerSecurity,
          // The chart cannot suspend them, so in the region that does not write they wait for the 31st of February.
          ...(!here && {
            jobs: {
              subscriptionSync: { schedule: never },
              billingCollectInvoices: { schedule: never },
              billingAdvanceInvoices: { schedule: never },
            },
          }),
        },
        patches: patches(passwords(granted)),
      }),
    ]
  },
  install: ({ region, writeRegion, granted }) => [writeRegion('openmeter') === region.name && migration(passwords(granted))],
})

const never = '0 0 31 2 *'

/** One block of resources stands for all of them in the chart. */
function workloads({ replicas, sinks }: OpenmeterValues, here: boolean): Workload[] {
  const server = (name: string, key: string, count: number) =>
    deployment(`openmeter-${name}`, {
      at: { replicas: `${key}.replicaCount`, resources: 'resources' },
      replicas: here ? count : 0,
      cpu: '125m',
      memory: '256Mi',
      spread: 'preferred',
    })
  return [
    server('api', 'api', replicas),
    server('sink-worker', 'sinkWorker', sinks),
    server('balance-worker', 'balanceWorker', 1),
    server('notification-service', 'notificationService', 1),
    server('billing-worker', 'billingWorker', 1),
    ...(here
      ? ['subscription-sync', 'billing-collect-invoices', 'billing-advance-invoices'].map((name) =>
          job(`openmeter-${name}`, { replicas: 1, ...cron }),
        )
      : []),
  ]
}
