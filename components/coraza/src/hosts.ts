import { type ClaimOf, compareText, type Resource, resource } from '@openova/core'

type Host = ClaimOf<'host'>

/** Public hosts, but for those that gave a reason to pass the firewall by. */
export const behindFirewall = (hosts: readonly Host[]): Host[] =>
  hosts.filter(({ ask: { audience = 'public', waf } }) => audience === 'public' && waf === undefined)

export const namespacesOf = (hosts: readonly Host[]): string[] =>
  [...new Set(hosts.map(({ namespace }) => namespace))].toSorted(compareText)

/** The public Gateway may call the firewall, the firewall the internal Gateway; what Envoy then calls in its name is checked against its policy too. */
export function openings(namespaces: readonly string[]): Resource {
  return resource('cilium.io/v2/CiliumNetworkPolicy', 'coraza-waf', {
    spec: {
      endpointSelector: { matchLabels: { 'app.kubernetes.io/name': 'coraza-waf' } },
      ingress: [{ fromEntities: ['ingress'], toPorts: [{ ports: [{ port: '8080', protocol: 'TCP' }] }] }],
      egress: [
        { toEntities: ['ingress'] },
        ...(namespaces.length > 0
          ? [{ toEndpoints: namespaces.map((namespace) => ({ matchLabels: { 'k8s:io.kubernetes.pod.namespace': namespace } })) }]
          : []),
      ],
    },
  })
}

/** A route may lead to a Service of another namespace only where that says so. */
export function routesFrom(namespaces: readonly string[]): Resource | undefined {
  if (namespaces.length === 0) return undefined
  return resource('gateway.networking.k8s.io/v1/ReferenceGrant', 'routes', {
    spec: {
      from: namespaces.map((namespace) => ({ group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', namespace })),
      to: [{ group: '', kind: 'Service', name: 'coraza-waf' }],
    },
  })
}
