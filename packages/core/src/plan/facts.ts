import type { Facts, Platform, Region } from '../contract.ts'
import type { PlatformSpec, RegionSpec } from '../model.ts'
import type { UnitName } from '../names.ts'
import { clusterName, regionCode, serverAddresses } from '../naming.ts'

/** What does not depend on a component: the platform and its regions, seen from one of them. */
export interface Place extends Pick<Facts, 'region' | 'peer' | 'platform' | 'writeRegion'> {}

export function describePlatform({ metadata, spec }: PlatformSpec): Platform {
  const { environment, buildingBlock, domain, provider, loadBalancer, dns, archival, git, failover, regions } = spec
  return {
    name: metadata.name,
    environment,
    buildingBlock,
    domain,
    provider,
    loadBalancer,
    dns,
    archival,
    git,
    failover,
    regions: regions.map(({ name }) => name),
  }
}

/** One place a region, in the order of the spec. */
export function describePlaces(spec: PlatformSpec): Place[] {
  const platform = describePlatform(spec)
  const regions = spec.spec.regions.map((region, index) => describeRegion(region, index + 1, platform))
  const writeRegion = (service: UnitName) => spec.spec.writeRegions[service] ?? spec.spec.writeRegion ?? platform.regions[0] ?? ''
  return regions.map((region) => {
    const peer = regions.find((other) => other !== region)
    return { platform, region, ...(peer && { peer }), writeRegion }
  })
}

function describeRegion({ name, location, network, pools }: RegionSpec, ordinal: number, platform: Platform): Region {
  const servers = sum(pools.filter(({ role }) => role === 'server').map(({ count }) => count))
  return {
    name,
    ordinal,
    clusterName: clusterName(platform, location),
    code: regionCode(platform, location),
    location,
    network,
    servers: serverAddresses(network.nodes, servers),
    nodes: sum(pools.map(({ count }) => count)),
    pools,
  }
}

const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0)
