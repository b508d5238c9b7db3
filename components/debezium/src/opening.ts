import { type Resource, resource } from '@openova/core'

/** Applications of these namespaces may call the database; their own policies let them out. */
export function clientOpening(namespaces: readonly string[]): Resource {
  return resource('cilium.io/v2/CiliumNetworkPolicy', 'clients', {
    spec: {
      endpointSelector: { matchLabels: { 'cnpg.io/cluster': 'source' } },
      ingress: [
        {
          fromEndpoints: namespaces.map((name) => ({ matchLabels: { 'k8s:io.kubernetes.pod.namespace': name } })),
          toPorts: [{ ports: [{ port: '5432', protocol: 'TCP' }] }],
        },
      ],
    },
  })
}
