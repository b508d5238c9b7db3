import { hostNames, type Platform, type Region, type Resource, resource } from '@openova/core'

/** Ports of the TURN servers themselves. */
export const turnPorts = { udp: 3478, tls: 5349 }

/** What the operator gives the TURN servers of Gateway `turn`. */
export const turnPods = {
  app: 'stunner',
  'stunner.l7mp.io/related-gateway-name': 'turn',
  'stunner.l7mp.io/related-gateway-namespace': 'stunner',
}

export const turnName = ({ domain }: Platform, { code }: Region): string => hostNames('turn', code, domain).regionName

/** Port 443 gets out of every network, but where Gateways have the addresses of nodes it is theirs. */
export const tlsPort = ({ loadBalancer }: Platform): number => (loadBalancer === 'k8gb' ? turnPorts.tls : 443)

/**
 * TURN at the edge. No load balancer of a cloud carries UDP, so it has the addresses of the nodes;
 * where addresses come from a pool, it gets one of its own. The operator's own Service can have no class, and stays inside.
 */
export function edgeService({ platform, region, tls }: { platform: Platform; region: Region; tls: boolean }): Resource {
  return resource('v1/Service', 'turn-edge', {
    annotations: { 'external-dns.alpha.kubernetes.io/hostname': turnName(platform, region) },
    spec: {
      type: 'LoadBalancer',
      loadBalancerClass: platform.loadBalancer === 'cilium-l2' ? undefined : 'io.cilium/node',
      externalTrafficPolicy: 'Cluster',
      // A client that was silent for longer than its connection is remembered still meets the server with its allocation.
      sessionAffinity: 'ClientIP',
      selector: turnPods,
      ports: [
        { name: 'udp', port: turnPorts.udp, targetPort: turnPorts.udp, protocol: 'UDP' },
        ...(tls ? [{ name: 'tls', port: tlsPort(platform), targetPort: turnPorts.tls, protocol: 'TCP' as const }] : []),
      ],
    },
  })
}

/** Media between the TURN servers and LiveKit, whichever side sends first. */
export function mediaPolicy(): Resource {
  const livekit = { matchLabels: { 'k8s:io.kubernetes.pod.namespace': 'livekit' } }
  const udp = [{ ports: [{ port: '1024', endPort: 65535, protocol: 'UDP' as const }] }]
  return resource('cilium.io/v2/CiliumNetworkPolicy', 'media', {
    spec: {
      endpointSelector: { matchLabels: turnPods },
      ingress: [{ fromEndpoints: [livekit], toPorts: udp }],
      egress: [{ toEndpoints: [livekit], toPorts: udp }],
    },
  })
}
