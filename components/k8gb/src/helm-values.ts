import { dnsProviders, type HelmValues, type Platform, type Region } from '@openova/core'
import type { K8GbValues } from './values.ts'

/** `credential` is the Secret by which it delegates its zone to itself; with one region there is nothing to delegate. */
export function k8gbValues(
  { edgeDnsServers, ttl }: K8GbValues,
  { platform: { dns, domain, regions }, region, credential }: { platform: Platform; region: Region; credential: string | undefined },
): HelmValues {
  const geoTag = region.name
  return {
    k8gb: {
      clusterGeoTag: geoTag,
      extGslbClustersGeoTags: regions.join(','),
      dnsZones: [{ parentZone: domain, loadBalancedZone: `gslb.${domain}`, dnsZoneNegTTL: ttl }],
      edgeDNSServers: edgeDnsServers,
      nsRecordTTL: ttl,
      installLegacyCrds: false,
      log: { format: 'json' },
    },
    istio: { enabled: false },
    // No cloud's load balancer carries UDP: the DNS server has the addresses of the nodes.
    coredns: { serviceType: 'LoadBalancer', service: { loadBalancerClass: 'io.cilium/node' } },
    extdns:
      credential === undefined
        ? { enabled: false }
        : {
            enabled: true,
            ...dnsProviders[dns].values(credential),
            domainFilters: [domain],
            txtOwnerId: `k8gb-${geoTag}`,
            txtPrefix: `k8gb-${geoTag}-`,
            logLevel: 'info',
            deploymentAnnotations: { 'secret.reloader.stakater.com/reload': credential },
          },
  }
}
