import { type ClaimOf, type Part, parseMemory, type Resource, resource } from '@openova/core'
import { kubeName } from './names.ts'

type Cluster = 'postgresql.cnpg.io/v1/Cluster'

/**
 * A reader's position survives a failover inside its region, not one into the other: there it starts with a new one.
 * A reader that is away must not fill the volume; beyond half of it, its position is given up.
 */
export function readable(storage: string): {
  parameters: Record<string, string>
  replicationSlots: Part<Cluster, 'spec.replicationSlots'>
} {
  return {
    parameters: {
      hot_standby_feedback: 'on',
      max_slot_wal_keep_size: `${Math.floor(parseMemory(storage) / 2 / 2 ** 20)}MB`,
      sync_replication_slots: 'on',
    },
    replicationSlots: { highAvailability: { enabled: true, synchronizeLogicalDecoding: true } },
  }
}

/** The owner of a cluster's first database is made at its start, without this right. */
export function reader({ ask, secret }: ClaimOf<'database'>): Part<Cluster, 'spec.managed'> {
  return { roles: [{ name: ask.name, ensure: 'present', login: true, replication: true, passwordSecret: { name: secret } }] }
}

/** Made on the writing side only: a follower has it from there. */
export function publication({ ask }: ClaimOf<'database'>, cluster: string): Resource {
  return resource('postgresql.cnpg.io/v1/Publication', `${kubeName(ask.name)}-changes`, {
    spec: { cluster: { name: cluster }, dbname: ask.name, name: 'changes', target: { allTables: true } },
  })
}
