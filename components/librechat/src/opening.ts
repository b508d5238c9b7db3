import { type Resource, resource } from '@openova/core'
import type { LibrechatValues } from './values.ts'

type Servers = LibrechatValues['mcpServers']

/** Tools on the internet, as `host:port`. */
export const serversOutside = (servers: Servers): string[] =>
  servers.map(serverAt).flatMap(({ host, port, namespace }) => (namespace === undefined ? [`${host}:${port}`] : []))

/** The way to tools in namespaces of this cluster, at whatever port their pods listen. */
export function toolsOpening(servers: Servers): Resource | undefined {
  const namespaces = new Set(servers.map(serverAt).flatMap(({ namespace }) => (namespace === undefined ? [] : [namespace])))
  if (namespaces.size === 0) return undefined
  return resource('cilium.io/v2/CiliumNetworkPolicy', 'tools', {
    spec: {
      endpointSelector: { matchLabels: { 'app.kubernetes.io/name': 'librechat' } },
      egress: [...namespaces].map((namespace) => ({
        toEndpoints: [{ matchLabels: { 'k8s:io.kubernetes.pod.namespace': namespace } }],
      })),
    },
  })
}

function serverAt({ url }: Servers[number]): { host: string; port: string; namespace?: string } {
  const { hostname, port, protocol } = new URL(url)
  const [, namespace, kind] = hostname.split('.')
  return {
    host: hostname,
    port: port || (protocol === 'https:' ? '443' : '80'),
    ...(kind === 'svc' && namespace !== undefined && { namespace }),
  }
}
