import { type Chosen, type ClaimOf, compareText, type UnitName } from '@openova/core'

/** Something that writes in one region only, and what has to be touched so that it writes here. */
export interface FailoverService {
  /** Whose lease it is. */
  name: UnitName
  kind: Store | 'passive'
  namespace: string
  /** The region that writes as Git says. */
  writer: string
  /** Services that lead to the writer, from both regions. */
  writeServices: string[]
  /** Stages of Flux that would undo a promotion. */
  stages: string[]
}
export type Store = (typeof stores)[number]
const stores = ['cnpg', 'valkey', 'strimzi', 'milvus'] as const

/** Services without pods outside their write region, in the order in which they are started: logins first. */
const passive: readonly UnitName[] = [
  'keycloak',
  'ferretdb',
  'iceberg',
  'temporal',
  'matrix',
  'stalwart',
  'langfuse',
  'openmeter',
  'debezium',
]

/** Services of those that pods of both regions call where they write. */
const leading: { readonly [service in UnitName]?: readonly string[] } = {
  valkey: ['valkey-write'],
  keycloak: ['auth-write'],
  ferretdb: ['ferretdb-write'],
}

interface Options {
  promote: readonly Store[]
  chosen: readonly Chosen[]
  databases: readonly ClaimOf<'database'>[]
  writeRegion: (service: UnitName) => string
}

/** In the order of a failover: databases, the other stores, then those that only start when their stores write here. */
export function servicesOf({ promote, chosen, databases, writeRegion }: Options): FailoverService[] {
  const replicated = promote.includes('cnpg') ? databases.filter(({ ask }) => ask.scope === 'replicated') : []
  const byConsumer = Map.groupBy(replicated, ({ consumer }) => consumer)
  const found = [
    ...[...byConsumer].map(([name, claims]) => clusterOf(name, claims)),
    ...stores.filter((store) => store !== 'cnpg' && promote.includes(store)).flatMap((store) => chosenAs(store, store)),
  ]
  return found.length === 0 ? [] : [...found, ...passive.flatMap((name) => chosenAs(name, 'passive'))]

  /** One Cluster a consumer, in its namespace. */
  function clusterOf(name: UnitName, claims: readonly ClaimOf<'database'>[]): FailoverService {
    return {
      name,
      kind: 'cnpg',
      namespace: claims[0]?.namespace ?? name,
      writer: writeRegion(name),
      writeServices: unique(claims.map(({ grant }) => grant.host.split('.')[0] ?? '')),
      stages: unique(claims.map(({ before }) => `${name}-${before === 'config' ? 'config' : 'needs'}`)),
    }
  }

  function chosenAs(name: UnitName, kind: FailoverService['kind']): FailoverService[] {
    return chosen
      .filter((one) => one.name === name)
      .map(({ namespace }) => ({
        name,
        kind,
        namespace,
        writer: writeRegion(name),
        writeServices: [...(leading[name] ?? [])],
        stages: ['install', 'setup', 'config', 'peer'].map((stage) => `${name}-${stage}`),
      }))
  }
}

const unique = (names: readonly string[]) => [...new Set(names)].toSorted(compareText)
