import { hostNames, type Platform, type Region, type Resource, resource } from '@openova/core'

/**
 * Paths of host `matrix` that are not Synapse's: logins of older programs, which the authentication service answers, and where clients and
 * other servers read what leads to this one. A longer path goes before the host's own route.
 */
export function pathRoutes({ platform, region, peer }: { platform: Platform; region: Region; peer?: Region }): Resource {
  const { name, regionName, gslb } = hostNames('matrix', region.code, platform.domain)
  const logins = ['api/v1', 'r0', 'v3', 'unstable'].flatMap((version) =>
    ['login', 'logout', 'refresh'].map((path) => `/_matrix/client/${version}/${path}`),
  )
  return resource('gateway.networking.k8s.io/v1/HTTPRoute', 'matrix-paths', {
    annotations: {
      // The names are published by the host's own route.
      'external-dns.alpha.kubernetes.io/gateway-hostname-source': 'annotation-only',
    },
    spec: {
      parentRefs: [
        ...['domain', 'region'].map((sectionName) => ({ name: 'public', namespace: 'gateway', sectionName })),
        { name: 'internal', namespace: 'kube-system' },
      ],
      hostnames: [regionName, name, ...(peer ? [gslb] : [])],
      rules: [
        { matches: [prefix('/.well-known/matrix')], backendRefs: [{ name: 'matrix-well-known', port: 8010 }] },
        // Eight matches are the most that a rule may have.
        ...[logins.slice(0, 6), logins.slice(6)].map((paths) => ({
          matches: paths.map(prefix),
          backendRefs: [{ name: 'matrix-matrix-authentication-service', port: 8080 }],
        })),
      ],
    },
  })
}

/** Servers of other people, and our own names, which lead to a Gateway. */
export function federationPolicy(): Resource {
  return resource('cilium.io/v2/CiliumNetworkPolicy', 'federation', {
    spec: {
      endpointSelector: {},
      egress: [
        { toEntities: ['world'], toPorts: [{ ports: ['443', '8448'].map((port) => ({ port, protocol: 'TCP' as const })) }] },
        { toEntities: ['ingress', 'host', 'remote-node'], toPorts: [{ ports: [{ port: '443', protocol: 'TCP' }] }] },
      ],
    },
  })
}

const prefix = (value: string) => ({ path: { type: 'PathPrefix' as const, value } })
