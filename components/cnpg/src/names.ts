import type { Endpoint, Services } from '@openova/core'

type Ask = Services['database']['ask']

/** A database's name as Kubernetes allows it. */
export const kubeName = (database: string): string => database.replaceAll('_', '-')

/** The Service by which consumers reach a database: the same in both regions, and for ever, where the other region follows. */
export function endpointOf({ name, scope }: Ask, { pooled, followed }: { pooled: boolean; followed: boolean }): string {
  const ending = scope === 'replicated' && followed ? 'write' : pooled ? 'pooler' : 'rw'
  return `${kubeName(name)}-${ending}`
}

/** The server of a cluster that writes. */
export const primaryOf = (cluster: string): Endpoint => ({
  selector: { 'cnpg.io/cluster': cluster, 'cnpg.io/instanceRole': 'primary' },
  ports: [{ name: 'postgres', port: 5432 }],
})
