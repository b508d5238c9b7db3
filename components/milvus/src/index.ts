import { bucket, defineComponent, deployment, generate, regionServices, release, resource, secret, template } from '@openova/core'
import { internalCa } from './certificate.ts'
import { milvusCluster, port, proxies } from './cluster.ts'
import { promoteJob, replicateJob, replicationApi } from './replication.ts'
import { values } from './values.ts'

export type { MilvusValues } from './values.ts'
export { default as schema } from '../values.schema.json' with { type: 'json' }

/** Vector database on MinIO: one region writes its collections, the other follows and may be searched. */
export default defineComponent({
  name: 'milvus',
  tier: 'a-la-carte',
  category: 'ai-ml',
  namespace: {
    name: 'milvus',
    podSecurity: 'baseline',
    reason: 'The operator and the step that it puts before each container have no setting for capabilities and seccomp.',
  },
  values,

  provides: { 'milvus.io': 'install' },
  network: { apiServer: true, metrics: [9091], peer: [port] },
  metrics: [
    {
      name: 'Search p95',
      expr: 'histogram_quantile(0.95, sum by (le, query_type) (rate(milvus_proxy_sq_latency_bucket[5m])))',
      unit: 'ms',
      above: 200,
      for: '5m',
      action: 'Raise `queryNodes.memory` or `queryNodes.replicas`; with `mmap` a collection that does not fit is read from disk.',
    },
    {
      name: 'Failed requests',
      expr: 'sum by (function_name) (rate(milvus_proxy_req_count{status="fail"}[5m])) / sum by (function_name) (rate(milvus_proxy_req_count{status="total"}[5m]))',
      unit: 'of 1',
      above: 0.01,
      for: '5m',
      action: 'Read the log of milvus-milvus-proxy: a region that follows refuses every write, MinIO or etcd may be away.',
    },
    {
      name: 'Replication lag',
      expr: 'clamp_min(max by (channel_name) (milvus_wal_last_confirmed_time_tick) - min by (channel_name) (milvus_cdc_last_replicated_time_tick), 0)',
      unit: 's',
      above: 60,
      for: '10m',
      action: 'Read the log of milvus-milvus-cdc in the write region, and look at the mesh: this much is lost if the region is lost now.',
    },
    {
      name: 'Workloads with missing pods',
      expr: 'sum by (deployment) (kube_deployment_status_replicas_unavailable{namespace="milvus"})',
      unit: 'pods',
      above: 0,
      for: '15m',
      action:
        'Look at the pods in namespace milvus; `kubectl -n milvus get milvus milvus -o yaml` says which dependency the operator misses.',
    },
  ],
  privileges: [
    { role: 'milvus-operator-manager-role', reason: 'The operator has one role for all namespaces, and no switch to narrow it.' },
  ],

  needs: {
    files: bucket({ name: 'milvus', secret: (s3) => ({ accesskey: s3.accessKey, secretkey: s3.secretKey }) }),
    // Both regions know each other by it, and collections come with their users.
    root: secret('root', { username: template('root'), password: generate(32) }, { scope: 'shared' }),
  },

  check: ({ values: { queryNodes, mmap, disk } }) => [
    !mmap &&
      queryNodes.memory === '1Gi' && {
        at: 'mmap',
        severity: 'warning',
        message: `Unexpected \`mmap: false\` with 1Gi a query node, expected more: a collection that does not fit in memory cannot be loaded`,
        fix: `set \`queryNodes.memory\` by the size of the collections, or map them from the ${disk} of disk`,
      },
  ],

  before: () => [internalCa()],
  releases: () => [
    release('milvus-operator', {
      chart: { name: 'milvus-operator', repository: 'https://zilliztech.github.io/milvus-operator', version: '1.3.8' },
      workloads: [
        deployment('milvus-operator', {
          at: { replicas: 'replicaCount', resources: 'resources' },
          replicas: 1,
          cpu: '20m',
          memory: '64Mi',
          memoryLimit: '256Mi',
        }),
      ],
      values: { image: { repository: 'docker.io/milvusdb/milvus-operator', tag: 'v1.3.8' } },
    }),
  ],
  setup: ({ values, region, peer, granted: { files, root } }) => [
    milvusCluster({ values, id: region.name, linked: peer !== undefined, bucket: files, root: root.secret }),
    resource('v1/Service', 'milvus', {
      spec: { selector: proxies, ports: [{ name: 'grpc', port, targetPort: port, protocol: 'TCP' }] },
    }),
  ],
  peer: ({ values: { channels }, region, peer, writeRegion, granted: { root } }) => {
    if (peer === undefined) return []
    const writer = writeRegion('milvus')
    const writes = writer === region.name
    const link = { from: writer, to: writes ? peer.name : region.name, channels, root: root.secret }
    return [
      ...regionServices('milvus', { selector: proxies, ports: [{ name: 'grpc', port }] }, { region, peer }),
      replicationApi(),
      writes ? replicateJob(link) : promoteJob(link),
    ]
  },
})
