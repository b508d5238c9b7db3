import { type Platform, type Region, type Resource, resource } from '@openova/core'
import { envoySecrets, hostsOf, portOf } from './names.ts'
import { grpc, http } from './services.ts'

const name = 'openbanking'
export const certificate = 'openbanking'
export const loginCertificate = 'openbanking-auth'

/** One certificate lies where Envoy takes it, the other where Keycloak does. */
export function certificates(issuer: string, region: Region, platform: Platform): Resource[] {
  const made = (secretName: string, where: string, dnsNames: readonly string[]) =>
    resource('cert-manager.io/v1/Certificate', secretName, {
      namespace: where,
      spec: { secretName, dnsNames, issuerRef: { kind: 'ClusterIssuer', name: issuer } },
    })
  return [
    made(certificate, envoySecrets, hostsOf('openbanking-api', region, platform).all),
    made(loginCertificate, 'keycloak', hostsOf('openbanking-auth', region, platform).all),
  ]
}

/**
 * The address from outside. It selects no pods, so that without Envoy's listener nobody gets past it;
 * its endpoint is nobody's, and there only because Cilium passes by a Service without one.
 */
export function address(region: Region, platform: Platform): Resource[] {
  const port = portOf(platform)
  const hosts = (['openbanking-api', 'openbanking-auth'] as const).map((host) => hostsOf(host, region, platform))
  return [
    resource('v1/Service', name, {
      annotations: {
        'external-dns.alpha.kubernetes.io/hostname': hosts.map((host) => host.region).join(','),
        ...(platform.loadBalancer === 'cloud' && platform.provider === 'hetzner' && hetznerLoadBalancer(region)),
      },
      spec: {
        type: 'LoadBalancer',
        loadBalancerClass: platform.loadBalancer === 'k8gb' ? 'io.cilium/node' : undefined,
        ports: [{ name: 'https', port, targetPort: 9999, protocol: 'TCP' }],
      },
    }),
    resource('discovery.k8s.io/v1/EndpointSlice', name, {
      labels: { 'kubernetes.io/service-name': name },
      addressType: 'IPv4',
      endpoints: [{ addresses: ['192.192.192.192'] }],
      ports: [{ name: 'https', port: 9999, protocol: 'TCP' }],
    }),
  ]
}

/** The names that third parties use lead to the region that writes; the first region publishes them. */
export function clientNames(region: Region, writer: Region, platform: Platform): Resource[] {
  if (region.ordinal !== 1) return []
  return (['openbanking-api', 'openbanking-auth'] as const).map((host) =>
    resource('externaldns.k8s.io/v1alpha1/DNSEndpoint', host, {
      spec: {
        endpoints: [
          {
            dnsName: hostsOf(host, writer, platform).client,
            recordType: 'CNAME',
            recordTTL: 300,
            targets: [hostsOf(host, writer, platform).region],
          },
        ],
      },
    }),
  )
}

/** Envoy's traffic has an identity of its own; the rest of the namespace stays closed to it. */
export const opening = (): Resource =>
  resource('cilium.io/v2/CiliumNetworkPolicy', name, {
    spec: {
      endpointSelector: { matchLabels: { 'openova.io/listener': name } },
      ingress: [
        {
          fromEntities: ['ingress'],
          toPorts: [{ ports: [http, grpc].map((port) => ({ port: String(port), protocol: 'TCP' as const })) }],
        },
      ],
    },
  })

/** A second load balancer beside that of the public Gateway. */
function hetznerLoadBalancer({ clusterName, location }: Region): Record<string, string> {
  return {
    'load-balancer.hetzner.cloud/name': `${clusterName}-${name}`,
    'load-balancer.hetzner.cloud/location': ['fsn', 'nbg', 'hel'].includes(location) ? `${location}1` : location,
    'load-balancer.hetzner.cloud/use-private-ip': 'true',
    'load-balancer.hetzner.cloud/disable-private-ingress': 'true',
  }
}

export const listenerLabel = { 'openova.io/listener': name }
