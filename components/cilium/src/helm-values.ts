import type { HelmValues, Platform, Region } from '@openova/core'
import { gatewayApiVersion } from './gateway-api.ts'

/**
 * The bootstrap installs Cilium with these very values before Flux exists:
 * none may need a CRD or a Secret that Flux brings later.
 */
export function ciliumValues({ platform, region, peer }: { platform: Platform; region: Region; peer?: Region }): HelmValues {
  return {
    kubeProxyReplacement: 'true',
    k8sServiceHost: region.servers[0],
    k8sServicePort: 6443,
    // Loss of the first server must not stop agents that start elsewhere.
    k8s: { apiServerURLs: region.servers.map((server) => `https://${server}:6443`).join(' ') },
    cluster: { name: region.clusterName, id: region.ordinal },
    ipam: { mode: 'cluster-pool', operator: { clusterPoolIPv4PodCIDRList: [region.network.pods] } },
    routingMode: 'tunnel',
    encryption: { enabled: true, type: 'wireguard' },
    hubble: { enabled: true, relay: { enabled: true }, tls: { auto: { method: 'cronJob' } } },
    gatewayAPI: { enabled: true, enableAlpn: true, gatewayClass: { create: 'true' } },
    envoy: { enabled: true, rollOutPods: true },
    prometheus: { enabled: true },
    rollOutCiliumPods: true,
    // For what no cloud load balancer carries: k8gb's DNS and TURN have the nodes' own addresses, by class.
    nodeIPAM: { enabled: true },
    // A new bundle restarts the operator, which would not see it otherwise.
    operator: { rollOutPods: true, podAnnotations: { 'openova.io/gateway-api': gatewayApiVersion } },
    ...addressing[platform.loadBalancer],
    ...(peer && mesh(peer)),
  }
}

/** Who gives a Service of type LoadBalancer its address: the cloud, the nodes' own addresses, or a pool announced by ARP. */
const addressing: Readonly<Record<Platform['loadBalancer'], HelmValues>> = {
  cloud: { defaultLBServiceIPAM: 'none' },
  k8gb: { defaultLBServiceIPAM: 'none' },
  // Every announced Service is a lease, renewed every few seconds.
  'cilium-l2': { l2announcements: { enabled: true }, k8sClientRateLimit: { qps: 20, burst: 40 } },
}

/** Node addresses are decided at generation, so the peer is reached without a load balancer. */
function mesh(peer: Region): HelmValues {
  return {
    clustermesh: {
      useAPIServer: true,
      maxConnectedClusters: 255,
      policyDefaultLocalCluster: true,
      config: { enabled: true, clusters: [{ name: peer.clusterName, port: meshPort, ips: peer.servers }] },
      apiserver: { service: { type: 'NodePort', nodePort: meshPort }, tls: { auto: { method: 'cronJob' } } },
    },
  }
}

const meshPort = 32379
