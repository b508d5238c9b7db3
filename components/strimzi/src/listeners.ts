import { type Maybe, meshService, type Part, type Region, type Resource } from '@openova/core'

type Listener = Part<'kafka.strimzi.io/v1/Kafka', 'spec.kafka.listeners.0'>

/** For consumers in this region; with two, one more for the mirror of the other, whose Services are named after this region. */
export function listeners(region: Maybe<Region>): Listener[] {
  const secured: Pick<Listener, 'tls' | 'authentication'> = { tls: true, authentication: { type: 'scram-sha-512' } }
  const configuration = { brokerCertChainAndKey: { secretName: brokerTls, certificate: 'tls.crt', key: 'tls.key' } }
  return [
    { name: 'tls', port: 9093, type: 'internal', ...secured, configuration },
    ...(region ? [{ name: listenerOf(region), port: mirrorPort, type: 'cluster-ip' as const, ...secured, configuration }] : []),
  ]
}

/** The names of the other region's Services, without pods here: the mesh adds those of the other region. */
export function peerListenerServices(peer: Region, brokers: number): Resource[] {
  const names = [bootstrapService(peer), ...Array.from({ length: brokers }, (_, broker) => brokerService(peer, broker))]
  // The mesh merges ports by the name that the operator gives them.
  const ports = [{ name: `tcp-${listenerOf(peer)}`, port: mirrorPort }]
  return names.map((name) => meshService(name, { selector: {}, ports }, false))
}

export const brokerTls = 'kafka-tls'
export const pool = 'broker'
export const mirrorPort = 9094
export const bootstrapService = (region: Region): string => `kafka-kafka-${listenerOf(region)}-bootstrap`
export const brokerService = (region: Region, broker: number): string => `kafka-${pool}-${listenerOf(region)}-${broker}`

/** Eleven letters and digits at most, and another one in each region. */
const listenerOf = ({ ordinal }: Region): string => `reg${ordinal === 1 ? 'a' : 'b'}`
