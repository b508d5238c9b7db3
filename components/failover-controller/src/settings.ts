import { hostNames, type Platform, type Region, type Resource, resource } from '@openova/core'
import type { FailoverService } from './services.ts'
import type { FailoverControllerValues } from './values.ts'

interface Options {
  values: FailoverControllerValues
  platform: Platform
  region: Region
  peer: Region | undefined
  services: readonly FailoverService[]
  /** Address of the replicated Valkey here. */
  valkey: string | undefined
}

/** All that the controller is told, but for its secrets. */
export function settings({ values, platform, region, peer, services, valkey }: Options): Resource {
  const { mode, witnesses, quorum, patience, lease } = values
  const content = {
    region: region.name,
    peer: peer?.name,
    mode: services.length > 0 ? mode : 'observe',
    witnesses: {
      resolvers: witnesses,
      quorum,
      // Answered by k8gb with the regions that live; the names of the two say whose address is whose.
      name: peer && hostNames('failover', region.code, platform.domain).gslb,
      self: peer && hostNames('failover', region.code, platform.domain).regionName,
      peer: peer && hostNames('failover', peer.code, platform.domain).regionName,
    },
    patience,
    // A region that holds a lease and cannot reach the store goes on writing; it promotes nothing, and nobody else can.
    lease: peer && { ...lease, prefix: platform.name, whenUnreachable: 'keep' },
    writeServices: platform.failover.writeServices,
    valkey: valkey === undefined ? undefined : { address: valkey },
    services,
  }
  return resource('v1/ConfigMap', 'failover-controller', { data: { 'config.json': `${JSON.stringify(content, undefined, 2)}\n` } })
}
