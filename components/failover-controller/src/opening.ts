import { type Resource, resource } from '@openova/core'

/** Resolvers are asked by address, which no opening by name covers; where leases are is known to a Secret only. */
export function witnessOpening(witnesses: readonly string[], { leases }: { leases: boolean }): Resource {
  const resolvers = {
    toCIDR: witnesses.map((address) => `${address}/32`),
    toPorts: [{ ports: (['UDP', 'TCP'] as const).map((protocol) => ({ port: '53', protocol })) }],
  }
  const store = { toEntities: ['world' as const], toPorts: [{ ports: [{ port: '443', protocol: 'TCP' as const }] }] }
  return resource('cilium.io/v2/CiliumNetworkPolicy', 'witnesses', {
    spec: {
      endpointSelector: { matchLabels: { 'app.kubernetes.io/name': 'failover-controller' } },
      egress: [resolvers, ...(leases ? [store] : [])],
    },
  })
}
