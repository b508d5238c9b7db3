import { type Resource, resource } from '@openova/core'

/** Named like its class: Flux takes a Gateway of that name for ready without an address. */
export const gatewayName = 'internal'
export const gatewayNamespace = 'knative-serving'

/** Services of every namespace hang their routes here; the platform's own Gateway takes those of components only. */
export function internalGateway(): Resource {
  return resource('gateway.networking.k8s.io/v1/Gateway', gatewayName, {
    spec: {
      gatewayClassName: 'internal',
      listeners: [{ name: 'http', port: 80, protocol: 'HTTP', allowedRoutes: { namespaces: { from: 'All' } } }],
    },
  })
}

/** Calls come in from the Gateway, whose Envoy has an identity of its own; they go on to pods of any namespace, and so do probes and the counting. */
export function ownPolicies(): Resource[] {
  return [
    resource('cilium.io/v2/CiliumNetworkPolicy', 'knative-calls', {
      spec: {
        endpointSelector: {},
        ingress: [{ fromEntities: ['ingress'], toPorts: tcp(8012, 8013) }],
        egress: [
          {
            toEndpoints: [{ matchExpressions: [{ key: 'k8s:io.kubernetes.pod.namespace', operator: 'Exists' }] }],
            toPorts: tcp(8012, 8013, 9090),
          },
          { toEntities: ['ingress'], toPorts: tcp(80) },
        ],
      },
    }),
  ]
}

const tcp = (...ports: number[]) => [{ ports: ports.map((port) => ({ port: String(port), protocol: 'TCP' as const })) }]
