import { day0, defineComponent, secret } from '@openova/core'
import { cloudControllerManager } from './cloud-controller-manager.ts'
import { missingAddOns, unknownNodes } from './check.ts'
import { csiDriver } from './csi-driver.ts'
import { values } from './values.ts'

export type { OpentofuValues } from './values.ts'
export { default as schema } from '../values.schema.json' with { type: 'json' }

/** What ties the cluster to its cloud: nodes and load balancers known to Kubernetes, and volumes by the default StorageClass. */
export default defineComponent({
  name: 'opentofu',
  tier: 'mandatory',
  category: 'infrastructure',
  namespace: {
    name: 'kube-system',
    podSecurity: 'privileged',
    reason: 'The volume driver formats and mounts disks of the host; the cloud controller manager must run before there is a pod network.',
  },
  values,

  provides: { 'storage.k8s.io': 'install' },
  after: { install: ['cilium/install'] },
  network: { metrics: [8233, 9189] },
  metrics: [
    {
      name: 'Free space on volumes',
      expr: 'min by (namespace, persistentvolumeclaim) (kubelet_volume_stats_available_bytes / kubelet_volume_stats_capacity_bytes)',
      unit: 'of all',
      below: 0.1,
      for: '15m',
      action: 'Raise the storage value of the component that owns the claim: the volume grows while it is in use.',
    },
    {
      name: 'Failed volume operations',
      expr: 'sum by (operation_name) (increase(storage_operation_duration_seconds_count{status="fail-unknown"}[15m]))',
      unit: 'operations',
      above: 3,
      for: '15m',
      action: 'Read the events of the pod that waits, then the log of hcloud-csi-controller: 16 volumes a node, or a node that is gone.',
    },
    {
      name: 'Nodes that the cloud does not know',
      expr: 'sum by (node) (kube_node_spec_taint{key="node.cloudprovider.kubernetes.io/uninitialized"})',
      unit: 'nodes',
      above: 0,
      for: '10m',
      action:
        'Nothing is scheduled there: the name of the node must be that of its server; read the log of hcloud-cloud-controller-manager.',
    },
    {
      name: 'Refused calls of the cloud API',
      expr: 'sum by (code) (rate(hcloud_api_requests_total{code=~"4..|5.."}[15m]))',
      unit: 'calls/s',
      above: 0.1,
      for: '30m',
      action: '401 and 403: the token in Secret kube-system/hcloud; 429: who else uses the project; 5xx: the status page of the cloud.',
    },
  ],
  privileges: [
    {
      role: 'system:hcloud-cloud-controller-manager',
      reason: 'It sets addresses, labels and taints of nodes, and removes nodes whose server is gone.',
    },
    { role: 'hcloud-csi-controller', reason: 'It makes and attaches the volumes of every namespace.' },
  ],

  needs: ({ platform, values: { robot } }) => ({
    cloud:
      platform.provider === 'hetzner' &&
      secret('hcloud', {
        token: day0('Hetzner Cloud API token of the project, read and write'),
        network: day0('Name or id of the private network of the nodes'),
        ...(robot && {
          'robot-user': day0('User of the Hetzner Robot web service'),
          'robot-password': day0('Password of that user'),
        }),
      }),
  }),

  check: (facts) => [missingAddOns(facts), unknownNodes(facts)],

  releases: ({ values, platform, region, granted: { cloud } }) =>
    cloud
      ? [cloudControllerManager({ values, platform, region, secret: cloud.secret }), csiDriver({ values, region, secret: cloud.secret })]
      : [],
})
