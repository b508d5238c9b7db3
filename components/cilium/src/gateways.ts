import { compareText, type Part, type Platform, type Region, type Resource, resource } from '@openova/core'

/**
 * Where the Gateways stand: the public one in a namespace of its own, which is all that DNS looks at,
 * so that nobody publishes the internal one.
 */
export const publicGateway = { name: 'public', namespace: 'gateway' }
export const internalGateway = { name: 'internal', namespace: 'kube-system' }

type Listener = Part<'gateway.networking.k8s.io/v1/Gateway', 'spec.listeners.0'>

interface GatewayOptions {
  platform: Platform
  region: Region
  issuer: string
  /** Namespaces whose routes may be attached. */
  routesFrom: readonly string[]
}

/** Both Gateways with their wildcard certificates, and what gives each its address. */
export function gateways({ platform, region, issuer, routesFrom }: GatewayOptions): Resource[] {
  const { domain } = platform
  const zones = { domain: `*.${domain}`, region: `*.${region.code}.${domain}` }
  const allowedRoutes: Listener['allowedRoutes'] = {
    namespaces: { from: 'Selector', selector: { matchExpressions: [namespaceIn(routesFrom)] } },
  }
  const https = Object.entries(zones).map(([name, hostname]): Listener => ({
    name,
    hostname,
    port: 443,
    protocol: 'HTTPS',
    allowedRoutes,
    tls: { mode: 'Terminate', certificateRefs: [{ name, namespace: publicGateway.namespace }] },
  }))
  const annotations = platform.loadBalancer === 'cloud' && platform.provider === 'hetzner' ? hetznerLoadBalancer(region) : undefined

  return [
    resource('v1/Namespace', publicGateway.namespace, {
      annotations: { 'kustomize.toolkit.fluxcd.io/prune': 'disabled' },
      labels: { 'pod-security.kubernetes.io/enforce': 'restricted' },
    }),
    ...Object.entries(zones).map(([name, hostname]) =>
      resource('cert-manager.io/v1/Certificate', name, {
        namespace: publicGateway.namespace,
        spec: { secretName: name, dnsNames: [hostname], issuerRef: { kind: 'ClusterIssuer', name: issuer } },
      }),
    ),
    ...(platform.loadBalancer === 'k8gb'
      ? gatewayClass(publicGateway.name, { type: 'LoadBalancer', loadBalancerClass: 'io.cilium/node' })
      : []),
    resource('gateway.networking.k8s.io/v1/Gateway', publicGateway.name, {
      namespace: publicGateway.namespace,
      spec: {
        gatewayClassName: platform.loadBalancer === 'k8gb' ? publicGateway.name : 'cilium',
        infrastructure: annotations && { annotations },
        listeners: [{ name: 'http', port: 80, protocol: 'HTTP', allowedRoutes: { namespaces: { from: 'Same' } } }, ...https],
      },
    }),
    resource('gateway.networking.k8s.io/v1/HTTPRoute', 'redirect', {
      namespace: publicGateway.namespace,
      spec: {
        parentRefs: [{ name: publicGateway.name, sectionName: 'http' }],
        rules: [{ filters: [{ type: 'RequestRedirect', requestRedirect: { scheme: 'https', statusCode: 301 } }] }],
      },
    }),
    // Cilium knows no ClusterIP here; the node port that comes with it is closed by the firewall of the nodes.
    ...gatewayClass(internalGateway.name, { type: 'NodePort' }),
    resource('gateway.networking.k8s.io/v1/ReferenceGrant', 'certificates', {
      namespace: publicGateway.namespace,
      spec: {
        from: [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', namespace: internalGateway.namespace }],
        to: Object.keys(zones).map((name) => ({ group: '', kind: 'Secret', name })),
      },
    }),
    resource('gateway.networking.k8s.io/v1/Gateway', internalGateway.name, {
      namespace: internalGateway.namespace,
      spec: { gatewayClassName: internalGateway.name, listeners: [{ name: 'http', port: 80, protocol: 'HTTP', allowedRoutes }, ...https] },
    }),
  ]
}

const namespaceIn = (names: readonly string[]) => ({
  key: 'kubernetes.io/metadata.name',
  operator: 'In',
  values: [...new Set(names)].toSorted(compareText),
})

/** A class for the one Gateway whose Service is not the default kind. */
function gatewayClass(name: string, service: Part<'cilium.io/v2alpha1/CiliumGatewayClassConfig', 'spec.service'>): Resource[] {
  return [
    resource('cilium.io/v2alpha1/CiliumGatewayClassConfig', name, { namespace: 'kube-system', spec: { service } }),
    resource('gateway.networking.k8s.io/v1/GatewayClass', name, {
      spec: {
        controllerName: 'io.cilium/gateway-controller',
        parametersRef: { group: 'cilium.io', kind: 'CiliumGatewayClassConfig', name, namespace: 'kube-system' },
      },
    }),
  ]
}

/** The bootstrap makes the bare load balancer; by this name the cloud controller takes over its services and targets. */
function hetznerLoadBalancer({ clusterName, location }: Region): Record<string, string> {
  return {
    'load-balancer.hetzner.cloud/name': clusterName,
    'load-balancer.hetzner.cloud/location': ['fsn', 'nbg', 'hel'].includes(location) ? `${location}1` : location,
    'load-balancer.hetzner.cloud/use-private-ip': 'true',
    // Its private address would stand among those that DNS publishes.
    'load-balancer.hetzner.cloud/disable-private-ingress': 'true',
  }
}
