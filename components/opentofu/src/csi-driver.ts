import { daemonSet, deployment, hetznerLocationName, type Region, release, type Release } from '@openova/core'
import type { OpentofuValues } from './values.ts'

interface Options {
  values: OpentofuValues
  region: Region
  secret: string
}

/** Volumes of the cloud, and the StorageClass that every claim gets which names none. */
export function csiDriver({ values: { replicas, reclaimPolicy }, region, secret }: Options): Release {
  return release('hcloud-csi', {
    chart: { name: 'hcloud-csi', repository: 'https://charts.hetzner.cloud', version: '2.22.1' },
    workloads: [
      // The request of all five containers stands at the driver, and that of all three on a node.
      deployment('hcloud-csi-controller', {
        at: { replicas: 'controller.replicaCount', resources: 'controller.resources.hcloudCSIDriver' },
        replicas,
        cpu: '50m',
        memory: '128Mi',
      }),
      daemonSet('hcloud-csi-node', {
        at: { resources: 'node.resources.hcloudCSIDriver' },
        cpu: '20m',
        memory: '64Mi',
        memoryLimit: '256Mi',
      }),
    ],
    values: {
      // A claim is not taken to a node that cannot attach volumes. Volumes keep that rule, so it stands from the first one on.
      global: { enableProvidedByTopology: true },
      controller: {
        hcloudToken: { existingSecret: { name: secret, key: 'token' } },
        // Else it must run on a server of the cloud to find out.
        hcloudVolumeDefaultLocation: hetznerLocationName(region.location),
        volumeExtraLabels: { cluster: region.clusterName },
        podAnnotations: scraped,
        priorityClassName: 'system-cluster-critical',
      },
      node: {
        // Servers from elsewhere have no volumes; the driver would fail there.
        nodeSelector: { 'instance.hetzner.cloud/provided-by': 'cloud' },
        tolerations: [{ operator: 'Exists' }],
        podAnnotations: scraped,
        priorityClassName: 'system-node-critical',
      },
      metrics: { enabled: true },
      storageClasses: [{ name: 'hcloud-volumes', defaultStorageClass: true, reclaimPolicy }],
    },
    // Without it no volume can be mounted, or let go.
    keep: true,
  })
}

const scraped = { 'prometheus.io/scrape': 'true', 'prometheus.io/port': '9189' }
