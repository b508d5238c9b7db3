import { type ClaimOf, type Facts, hostNames, type Resource, resource } from '@openova/core'
import type { K8GbValues } from './values.ts'

type Options = Pick<Facts<K8GbValues>, 'values' | 'platform' | 'region' | 'writeRegion'>

/**
 * A Gslb for every public host, beside its route: the app behind `<host>-gslb` says whether this region lives,
 * and the region's own name, which leads to the public Gateway, says where it is.
 */
export function globalHosts(hosts: readonly ClaimOf<'host'>[], { values, platform, region, writeRegion }: Options): Resource[] {
  return hosts
    .filter(({ ask: { audience = 'public' } }) => audience === 'public')
    .map(({ ask: { name }, consumer, namespace }) => {
      const strategy = values.failover.includes(consumer)
        ? { type: 'failover' as const, primaryGeoTag: writeRegion(consumer) }
        : { type: 'roundRobin' as const }
      return resource('k8gb.io/v1beta1/Gslb', name, {
        namespace,
        annotations: { 'k8gb.io/exposed-hostnames': hostNames(name, region.code, platform.domain).regionName },
        spec: {
          resourceRef: { apiVersion: 'gateway.networking.k8s.io/v1', kind: 'HTTPRoute', name: `${name}-gslb` },
          strategy: { ...strategy, dnsTtlSeconds: values.ttl },
        },
      })
    })
}
