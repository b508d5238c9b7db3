import { hostNames, type Platform, platformCa, type Region, type Resource, resource } from '@openova/core'
import { clientName, labels, listeners, regionName, tlsSecret } from './names.ts'
import type { StalwartValues } from './values.ts'

interface Edge {
  platform: Platform
  region: Region
  peer?: Region
  writeRegion: string
}

/**
 * Mail at the edge, on the addresses of the nodes whatever carries HTTP: a server sees who sends, and what it sends
 * comes from where its MX record points, which is what others judge it by.
 */
export function edgeService({ platform, region, writeRegion }: Edge): Resource {
  return resource('v1/Service', 'mail-edge', {
    annotations: { 'external-dns.alpha.kubernetes.io/hostname': regionName(platform, region) },
    spec: {
      type: 'LoadBalancer',
      loadBalancerClass: 'io.cilium/node',
      // Without a server here no node would have it, and the Service would wait for an address for ever.
      externalTrafficPolicy: writeRegion === region.name ? 'Local' : 'Cluster',
      selector: labels,
      ports: listeners.map(({ name, port }) => ({ name, port, targetPort: name, protocol: 'TCP' as const })),
    },
  })
}

/** One name for clients, wherever the servers are; and that there is a policy for others' TLS. */
export function mailRecords({ mtaSts }: StalwartValues, { platform, region, peer, writeRegion }: Edge): Resource[] {
  const { gslb } = hostNames('mx', region.code, platform.domain)
  const strategy = { type: 'failover' as const, primaryGeoTag: writeRegion, dnsTtlSeconds: 30 }
  return [
    ...(peer
      ? [
          resource('k8gb.io/v1beta1/Gslb', 'mx', {
            annotations: { 'k8gb.io/hostname': gslb, 'k8gb.io/exposed-hostnames': regionName(platform, region) },
            spec: { resourceRef: { apiVersion: 'v1', kind: 'Service', name: 'mail-edge' }, strategy },
          }),
        ]
      : []),
    ...(region.ordinal === 1
      ? [
          resource('externaldns.k8s.io/v1alpha1/DNSEndpoint', 'mail', {
            spec: {
              endpoints: [
                {
                  dnsName: clientName(platform, region),
                  recordType: 'CNAME',
                  recordTTL: 300,
                  targets: [peer ? gslb : regionName(platform, region)],
                },
                ...(mtaSts === 'disable'
                  ? []
                  : [{ dnsName: `_mta-sts.${platform.domain}`, recordType: 'TXT', recordTTL: 300, targets: [`v=STSv1; id=${mtaSts}`] }]),
              ],
            },
          }),
        ]
      : []),
  ]
}

/** Of SMTP and IMAP, by all their names; and one whose Secret holds the platform CA, by which database and MinIO are known. */
export function certificates({ certificateIssuer }: StalwartValues, { platform, region }: Pick<Edge, 'platform' | 'region'>): Resource[] {
  return [
    resource('cert-manager.io/v1/Certificate', 'mail', {
      spec: {
        secretName: tlsSecret,
        dnsNames: [clientName(platform, region), regionName(platform, region)],
        issuerRef: { kind: 'ClusterIssuer', name: certificateIssuer },
      },
    }),
    platformCa.certificate('stalwart.stalwart.svc'),
  ]
}

/** Mail goes to servers all over the world, their policies are read by HTTPS; Keycloak is asked by its public name, wherever that leads. */
export function deliveryPolicy(relayPort: number): Resource {
  const ports = [...new Set([25, 443, relayPort])]
  return resource('cilium.io/v2/CiliumNetworkPolicy', 'delivery', {
    spec: {
      endpointSelector: { matchLabels: labels },
      egress: [
        { toEntities: ['world'], toPorts: [{ ports: ports.map((port) => ({ port: String(port), protocol: 'TCP' as const })) }] },
        { toEntities: ['ingress', 'host', 'remote-node'], toPorts: [{ ports: [{ port: '443', protocol: 'TCP' }] }] },
      ],
    },
  })
}
