import type { Region, Resource } from './contract.ts'
import { resource } from './nouns.ts'

/** The pods behind a Service, and the ports on which they are called. */
export interface Endpoint {
  namespace?: string
  selector: Readonly<Record<string, string>>
  ports: readonly { name: string; port: number }[]
}

/**
 * `<name>-region-a` and `<name>-region-b`, the same in both clusters, merged by the mesh.
 * Each selects pods in the region that it names only, so a caller reaches exactly that region.
 */
export function regionServices(name: string, endpoint: Endpoint, { region, peer }: { region: Region; peer?: Region }): Resource[] {
  if (peer === undefined) return []
  return [region.name, peer.name].map((target) => meshService(`${name}-${target}`, endpoint, target === region.name))
}

/** A Service of both regions; the pods behind it are those of the regions where it `selects`. */
export function meshService(name: string, { namespace, selector, ports }: Endpoint, selects: boolean): Resource {
  return resource('v1/Service', name, {
    namespace,
    annotations: { 'service.cilium.io/global': 'true' },
    spec: {
      selector: selects ? selector : undefined,
      ports: ports.map((port) => ({ ...port, targetPort: port.port, protocol: 'TCP' as const })),
    },
  })
}
