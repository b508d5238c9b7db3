import { defineComponent, generate, meshService, type Platform, regionServices, secret, type Services, template } from '@openova/core'
import { server, writerOf } from './server.ts'
import { claimsOf, releaseOf, replicationUser, userOf, users } from './users.ts'
import { values } from './values.ts'

export type { ValkeyValues } from './values.ts'
export { default as schema } from '../values.schema.json' with { type: 'json' }

/** Caches, sessions, queues and counters: one store that every region has for itself, and one that is written in one region and followed by the other. */
export default defineComponent({
  name: 'valkey',
  tier: 'a-la-carte',
  category: 'data',
  namespace: 'valkey',
  values,

  network: { metrics: [9121], peer: [6379] },
  metrics: [
    {
      name: 'Servers that are down',
      expr: 'count(redis_up == 0)',
      unit: 'servers',
      above: 0,
      for: '5m',
      action: 'Look at the pods in namespace valkey; without the one that ends in -0 nothing can be written.',
    },
    {
      name: 'Followers without their writer',
      expr: 'count(redis_master_link_up == 0)',
      unit: 'servers',
      above: 0,
      for: '5m',
      action: 'Read the log of that pod: the writer is away, the mesh is cut, or the password of the user `replication` differs.',
    },
    {
      name: 'Memory in use',
      expr: 'max by (pod) (redis_memory_used_bytes / redis_memory_max_bytes)',
      unit: 'of 1',
      above: 0.9,
      for: '10m',
      action: 'At 1 writes are refused: look for keys that never expire with `valkey-cli --bigkeys`, or raise `memory` of that store.',
    },
  ],

  needs: ({ platform, peer }) => ({
    accounts: secret('accounts', { exporter: generate(32), replication: generate(32) }, { path: accounts }),
    // The other region may have to push it, for which no consumer of the regional store waits.
    replication:
      peer &&
      secret(
        'replication',
        { password: generate(32), 'replication.conf': template(`masteruser ${replicationUser}\nmasterauth {{ .password }}\n`) },
        { scope: 'shared', before: 'config', path: replicationPath(platform) },
      ),
  }),

  serves: {
    cache: {
      ready: 'install',
      opens: ({ scope }) => ({ atOwner: [6379], ...(scope === 'replicated' && { atPeer: [6379] }) }),
      grant: ({ ask }, { peer }) => ({ address: `${peer && isShared(ask) ? 'valkey-write' : releaseOf(ask)}.valkey.svc:6379` }),
      credential: (claim) => ({ username: { value: userOf(claim) }, password: { generate: 32 } }),
      credentialScope: ({ ask }, { peer }) => (peer && isShared(ask) ? 'shared' : 'region'),
      // What is shared the consumer makes: it waits for the other region by itself, and the regional store does not.
      keepsCredential: ({ ask }, { peer }) => (peer && isShared(ask) ? undefined : 'needs'),
    },
  },

  before: ({ platform, region, peer, claims, writeRegion }) => [
    users({ release: 'valkey-cache', claims, ...own }),
    peer === undefined && users({ release: 'valkey', claims, ...own }),
    peer &&
      meshService('valkey-write', writerOf('valkey'), platform.failover.writeServices === 'flux' && writeRegion('valkey') === region.name),
  ],
  releases: ({ values, region, peer, claims, writeRegion, has }) => [
    server('valkey', values.replicated, {
      claims: claimsOf(claims, 'valkey'),
      follows: writeRegion('valkey') === region.name ? undefined : `valkey-${writeRegion('valkey')}`,
      late: peer !== undefined,
    }),
    server('valkey-cache', values.cache, {
      claims: claimsOf(claims, 'valkey-cache'),
      // Langfuse has no metrics of its own.
      queues: has('langfuse') ? 'bull:*:wait' : undefined,
    }),
  ],
  config: ({ platform, peer, claims }) => [
    peer && users({ release: 'valkey', claims, ...own, replication: { key: replicationPath(platform), property: 'password' } }),
  ],
  peer: ({ region, peer }) => regionServices('valkey', writerOf('valkey'), { region, peer }),
})

const accounts = 'region/valkey/accounts'
const own = { exporter: { key: accounts, property: 'exporter' }, replication: { key: accounts, property: 'replication' } }
const replicationPath = ({ regions: [origin] }: Platform) => `shared/${origin}/valkey/replication`

/** Both regions use the same server, so they need the same password; whoever promotes calls the one of its own region. */
const isShared = ({ scope, promotes }: Services['cache']['ask']) => scope === 'replicated' && promotes !== true
