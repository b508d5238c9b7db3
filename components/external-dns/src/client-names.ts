import { type ClaimOf, hostNames, type Platform, type Region, type Resource, resource } from '@openova/core'

/**
 * The names that clients use: each a CNAME to what answers for it, k8gb with two regions, the one region otherwise.
 * They never change, so one region publishes them, and they outlive it.
 */
export function clientNames(
  hosts: readonly ClaimOf<'host'>[],
  { platform, region, balanced }: { platform: Platform; region: Region; balanced: boolean },
): Resource[] {
  return hosts
    .filter(({ ask: { audience = 'public' } }) => audience === 'public')
    .map(({ ask }) => {
      const { name, regionName, gslb } = hostNames(ask.name, region.code, platform.domain)
      return resource('externaldns.k8s.io/v1alpha1/DNSEndpoint', ask.name, {
        spec: {
          endpoints: [{ dnsName: name, recordType: 'CNAME', recordTTL: 300, targets: [balanced ? gslb : regionName] }],
        },
      })
    })
}
