import { deployment, hetznerLocationName, type HelmValues, type Platform, type Region, release, type Release } from '@openova/core'
import type { OpentofuValues } from './values.ts'

interface Options {
  values: OpentofuValues
  platform: Platform
  region: Region
  secret: string
}

/**
 * The bootstrap installs it with these very values: until it runs, every node is tainted, and Flux with it cannot start.
 * It is in the network of the host, so it needs no pod network either.
 */
export function cloudControllerManager({ values, platform, region, secret }: Options): Release {
  const { replicas, robot } = values
  return release('hcloud-cloud-controller-manager', {
    chart: { name: 'hcloud-cloud-controller-manager', repository: 'https://charts.hetzner.cloud', version: '1.35.0' },
    workloads: [
      deployment('hcloud-cloud-controller-manager', {
        at: { replicas: 'replicaCount', resources: 'resources' },
        replicas,
        cpu: '50m',
        memory: '64Mi',
        memoryLimit: '256Mi',
      }),
    ],
    values: {
      // One alone does not elect a leader, so there must never be two.
      strategy: replicas === 1 ? { type: 'Recreate' } : undefined,
      networking: {
        enabled: true,
        clusterCIDR: region.network.pods,
        network: { valueFrom: { secretKeyRef: { name: secret, key: 'network' } } },
      },
      env: {
        HCLOUD_TOKEN: { valueFrom: { secretKeyRef: { name: secret, key: 'token' } } },
        // Pods travel in Cilium's tunnel, by no route of the cloud.
        HCLOUD_NETWORK_ROUTES_ENABLED: { value: 'false' },
        ...loadBalancers(values, platform, region),
      },
      robot: { enabled: robot },
      podAnnotations: { 'prometheus.io/scrape': 'true', 'prometheus.io/port': '8233' },
    },
    keep: true,
  })
}

/** Services of type LoadBalancer belong to the cloud in its own mode only. */
function loadBalancers({ loadBalancerType }: OpentofuValues, { loadBalancer }: Platform, { location }: Region): HelmValues {
  if (loadBalancer !== 'cloud') return { HCLOUD_LOAD_BALANCERS_ENABLED: { value: 'false' } }
  return {
    HCLOUD_LOAD_BALANCERS_TYPE: { value: loadBalancerType },
    HCLOUD_LOAD_BALANCERS_LOCATION: { value: hetznerLocationName(location) },
    HCLOUD_LOAD_BALANCERS_USE_PRIVATE_IP: { value: 'true' },
    // Cilium would take a private address of the load balancer for its own.
    HCLOUD_LOAD_BALANCERS_DISABLE_PRIVATE_INGRESS: { value: 'true' },
  }
}
