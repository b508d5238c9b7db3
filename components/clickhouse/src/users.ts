import type { ClaimOf } from '@openova/core'

type Setting = string | string[] | { valueFrom: { secretKeyRef: { name: string; key: string } } }

/** Users with their passwords, which reach the servers as environment variables and stand in no ConfigMap. */
export function users(claims: readonly ClaimOf<'analytics'>[], admin: string): Record<string, Setting> {
  return Object.assign(
    // The bucket for backups is a named collection.
    { ...user('admin', admin), 'admin/named_collection_control': '1' },
    ...claims.map(({ ask, credential }) => ({ ...user(ask.name, credential), [`${ask.name}/grants/query`]: consumerMay(ask) })),
  )
}

/** The network policies say who may call at all. */
function user(name: string, secret: string): Record<string, Setting> {
  return {
    [`${name}/password`]: { valueFrom: { secretKeyRef: { name: secret, key: 'password' } } },
    [`${name}/networks/ip`]: ['::/0'],
    [`${name}/profile`]: 'default',
  }
}

/** Everything in the own database, on all servers at once; of the server what migrations wait for. */
const consumerMay = ({ name, kafka }: ClaimOf<'analytics'>['ask']) => [
  `GRANT ALL ON ${name}.*`,
  'GRANT CLUSTER ON *.*',
  ...(kafka ? ['GRANT KAFKA ON *.*'] : []),
  ...['clusters', 'mutations', 'parts', 'replicas'].map((table) => `GRANT SELECT ON system.${table}`),
]
