import { type Endpoint, meshService, type Region, type Resource, regionServices } from '@openova/core'

/** Its servers have names of their own in each region, for both regions' are replicas of the same tables. */
export const installationOf = ({ ordinal }: Region): string => `analytics-${'ab'[ordinal - 1]}`

/** Name of the operator's cluster in each installation. */
export const localCluster = 'local'

/** Services of the servers, one each. */
export const hostsOf = (region: Region, replicas: number): string[] =>
  Array.from({ length: replicas }, (_, replica) => `chi-${installationOf(region)}-${localCluster}-0-${replica}`)

export const ports = { http: 8123, native: 9000, interserver: 9009, keeper: 2181, metrics: 9363, keeperMetrics: 7000 }
export const hostPorts = [
  { name: 'http', port: ports.http },
  { name: 'tcp', port: ports.native },
  { name: 'interserver', port: ports.interserver },
]

/** By these names each region calls the servers of the other, and both the keepers of the write region. */
export function linkServices({ region, peer, replicas }: { region: Region; peer: Region; replicas: number }): Resource[] {
  return [
    ...hostsOf(peer, replicas).map((host) => meshService(host, { selector: {}, ports: hostPorts }, false)),
    ...regionServices('keeper', keepers, { region, peer }),
  ]
}

const keepers: Endpoint = {
  selector: { 'clickhouse-keeper.altinity.com/chk': 'keeper' },
  ports: [{ name: 'keeper', port: ports.keeper }],
}
