import { type Resource, resource } from '@openova/core'

/** The nodes may call Specter: on the internet, or in a namespace of this cluster. */
export function soarOpening(endpoint: string): Resource {
  const { hostname, port, protocol } = new URL(endpoint)
  const [, namespace, kind] = hostname.split('.')
  const number = port || (protocol === 'https:' ? '443' : '80')
  return resource('cilium.io/v2/CiliumNetworkPolicy', 'soar', {
    spec: {
      endpointSelector: { matchLabels: { 'app.kubernetes.io/name': 'opensearch' } },
      egress: [
        {
          ...(kind === 'svc'
            ? { toEndpoints: [{ matchLabels: { 'k8s:io.kubernetes.pod.namespace': namespace } }] }
            : { toEntities: ['world'] }),
          toPorts: [{ ports: [{ port: number, protocol: 'TCP' }] }],
        },
      ],
    },
  })
}
