import { type ClaimOf, type List, meshService, type Resource, resource } from '@openova/core'
import { publication } from './changes.ts'
import { localeOf } from './engine.ts'
import { endpointOf, kubeName, primaryOf } from './names.ts'

interface Further {
  claim: ClaimOf<'database'>
  /** The cluster of the consumer's first database. */
  cluster: string
  pooled: boolean
  followed: boolean
  /** Whether the writing server is in this region. */
  here: boolean
}

/** A second database in the cluster of the same consumer: its owner, itself, and a Service of its own name. */
export function furtherDatabase({ claim, cluster, pooled, followed, here }: Further): List<Resource> {
  const { name, locale, changes } = claim.ask
  const service = endpointOf(claim.ask, { pooled, followed })
  return [
    // A follower has both from the writer; there nobody would ever say that they are applied.
    here &&
      resource('postgresql.cnpg.io/v1/DatabaseRole', kubeName(name), {
        spec: {
          cluster: { name: cluster },
          name,
          login: true,
          replication: changes,
          passwordSecret: { name: claim.secret },
          clientCertificate: { enabled: false },
        },
      }),
    here &&
      resource('postgresql.cnpg.io/v1/Database', kubeName(name), {
        spec: {
          cluster: { name: cluster },
          name,
          owner: name,
          template: locale === undefined ? undefined : 'template0',
          ...localeOf(claim.ask),
        },
      }),
    followed
      ? meshService(service, primaryOf(cluster), here)
      : resource('v1/Service', service, {
          spec: {
            selector: pooled ? { 'cnpg.io/poolerName': `${cluster}-pooler` } : primaryOf(cluster).selector,
            ports: [{ name: 'postgres', port: 5432, targetPort: 5432, protocol: 'TCP' }],
          },
        }),
    here && changes && publication(claim, cluster),
  ]
}
