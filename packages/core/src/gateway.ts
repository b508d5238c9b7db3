import type { Resource } from './contract.ts'
import { resource } from './nouns.ts'

/**
 * The way of a component's pods to hosts of the platform by their public names. Where this region answers, no packet leaves it:
 * the address is translated to the Gateway at once, which no opening for a host on the internet covers.
 */
export const gatewayOpening = (): Resource =>
  resource('cilium.io/v2/CiliumNetworkPolicy', 'gateway', {
    spec: {
      endpointSelector: {},
      egress: [{ toEntities: ['ingress'], toPorts: [{ ports: [{ port: '443', protocol: 'TCP' }] }] }],
    },
  })
