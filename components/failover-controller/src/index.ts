import { cache, defineComponent, host, optional, secret, supply } from '@openova/core'
import { checkTimes } from './check.ts'
import { settings } from './settings.ts'
import { controller } from './controller.ts'
import { grants } from './grants.ts'
import { ports } from './ports.ts'
import { servicesOf } from './services.ts'
import { witnessOpening } from './opening.ts'
import { values } from './values.ts'

export type { FailoverControllerValues } from './values.ts'
export { default as schema } from '../values.schema.json' with { type: 'json' }

/** Decides which region writes: takes the lease of a service when the other region is gone, then promotes its stores here; witnesses on the internet may forbid it, never order it. */
export default defineComponent({
  name: 'failover-controller',
  tier: 'mandatory',
  category: 'resilience',
  namespace: 'failover-controller',
  values,

  // Witnesses tell of the other region what its k8gb answers.
  after: { install: ['k8gb/install'] },
  network: ({ values: { promote }, peer }) => ({
    apiServer: peer !== undefined,
    metrics: [ports.metrics],
    ...(peer && promote.includes('valkey') && { calls: [{ to: 'valkey', ports: [6379] }] }),
  }),
  metrics: [
    {
      name: 'Leases held by this region',
      expr: 'sum(failover_lease_status)',
      unit: 'leases',
      for: '5m',
      action:
        'Both regions together hold one for each service that may be promoted; a service without one keeps its writer, and is not promoted.',
    },
    {
      name: 'Witnesses that answer',
      expr: 'sum(failover_witness_reachable)',
      unit: 'witnesses',
      below: 2,
      for: '5m',
      action:
        'This region is cut off from the internet, or nearly so: it promotes nothing until they answer. Look at its uplink and its network policies.',
    },
    {
      name: 'Hours since the last failover',
      expr: '(time() - max(failover_last_failover_time)) / 3600',
      unit: 'h',
      below: 24,
      for: '1m',
      action:
        'Stores were promoted here, and Flux is suspended for them: set `writeRegion` in the platform spec to this region and merge it, which ends that.',
    },
  ],

  needs: ({ values: { promote }, peer }) => ({
    lease:
      peer &&
      secret('lease', {
        endpoint: supply('HTTPS address of the lease store, the same in both regions: it must compare and set, and be consistent at once'),
        token: supply('Token with which both regions may read and write leases there'),
      }),
    // Behind it k8gb sees whether this region lives; through k8gb, the witnesses of the other one do.
    health: peer && host({ name: 'failover', service: 'failover-controller', port: ports.http }),
    valkey: peer && promote.includes('valkey') && optional(cache({ scope: 'replicated', promotes: true })),
  }),

  check: checkTimes,

  before: ({ values: { witnesses }, peer }) => [witnessOpening(witnesses, { leases: peer !== undefined })],
  install: ({ values, platform, region, peer, chosen, claims, writeRegion, granted: { lease, valkey } }) => {
    const services = peer ? servicesOf({ promote: values.promote, chosen, databases: claims('database'), writeRegion }) : []
    return [
      settings({ values, platform, region, peer, services, valkey: valkey?.address }),
      ...controller({
        image: values.image,
        asked: peer !== undefined,
        acts: services.length > 0,
        secrets: { lease: lease?.secret, valkey: valkey?.secret },
      }),
      ...grants(services, { writeServices: platform.failover.writeServices }),
    ]
  },
})
