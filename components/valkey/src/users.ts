import { type ClaimOf, type Context, type Resource, resource, type Services } from '@openova/core'

type Claims = Context['claims']
type Ask = Services['cache']['ask']

/** The release that answers, and the Service of its writing server in this region. */
export const releaseOf = ({ scope }: Ask): 'valkey' | 'valkey-cache' => (scope === 'replicated' ? 'valkey' : 'valkey-cache')

export const claimsOf = (claims: Claims, release: string): ClaimOf<'cache'>[] =>
  claims('cache').filter(({ ask }) => releaseOf(ask) === release)

export const userOf = ({ consumer, key }: Pick<ClaimOf<'cache'>, 'consumer' | 'key'>): string => `${consumer}-${key}`

/** Followers log in with it, in the same region and from the other. */
export const replicationUser = 'replication'

/** What the exporter asks, and with a pattern of queues their lengths. It is the user of whoever names none. */
const exporterMay = '-@all +ping +hello +client|setname +info +config|get +slowlog +latency +select +scan +type +llen +memory|usage %R~*'

/** Of a user's password: its Secret's path below `secret/`, and the key there. */
export interface Password {
  key: string
  property: string
}

interface Users {
  release: string
  claims: Claims
  exporter: Password
  replication: Password
}

/** One Secret with the password of each user, under the user's name: the chart reads no other. */
export function users({ release, claims, exporter, replication }: Users): Resource {
  const passwords: Record<string, Password> = {
    default: exporter,
    [replicationUser]: replication,
    ...Object.fromEntries(claimsOf(claims, release).map((claim) => [userOf(claim), passwordOf(claim, claims)])),
  }
  const name = usersSecret(release)
  return resource('external-secrets.io/v1/ExternalSecret', name, {
    spec: {
      refreshInterval: '1h0m0s',
      secretStoreRef: { kind: 'ClusterSecretStore', name: 'bao-local' },
      target: { name, creationPolicy: 'Owner' },
      data: Object.entries(passwords).map(([secretKey, remoteRef]) => ({ secretKey, remoteRef })),
    },
  })
}

export const usersSecret = (release: string): string => `${release}-users`

/** What each user may do; the passwords are in the Secret. */
export function permissions(claims: readonly ClaimOf<'cache'>[]) {
  return {
    default: { permissions: exporterMay },
    [replicationUser]: { permissions: '+psync +replconf +ping' },
    ...Object.fromEntries(claims.map((claim) => [userOf(claim), { permissions: claim.ask.promotes ? promoterMay : consumerMay }])),
  }
}

/**
 * All data and channels, but nothing that concerns the server or what others keep in it (FLUSHALL is dangerous, too).
 * Of the dangerous commands: clients of Langfuse and LibreChat ask INFO before they start; Harbor and Gitea look for keys by pattern.
 */
const consumerMay = '~* &* +@all -@admin -@dangerous +info +keys'

const promoterMay = '+ping +hello +info +role +replicaof'

function passwordOf({ consumer, key }: ClaimOf<'cache'>, claims: Claims): Password {
  const kept = claims('secret').find((secret) => secret.consumer === consumer && secret.key === `${key}.credential`)
  if (kept?.ask.path === undefined) throw new Error(`${consumer}: its cache \`${key}\` has no credential`)
  return { key: kept.ask.path, property: 'password' }
}
