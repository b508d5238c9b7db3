import { deployment, type Grant, type Resource, resource, type Size, statefulSet, type Workload } from '@openova/core'
import { ca } from './certificate.ts'
import type { MilvusValues } from './values.ts'

export const port = 19530
/** Pods that clients call. */
export const proxies = { 'app.kubernetes.io/instance': 'milvus', 'app.kubernetes.io/component': 'proxy' }

interface Cluster {
  values: MilvusValues
  /** Name of the cluster in a topology of several; its channels are named after it. */
  id: string
  /** Whether the other region follows, or is followed. */
  linked: boolean
  bucket: Grant<'bucket'>
  /** Secret with the password of `root`. */
  root: string
}

/** The whole of Milvus: its log and its segments lie in MinIO, what it knows of them in its own etcd. */
export function milvusCluster({ values, id, linked, bucket, root }: Cluster): Resource {
  const { queryNodes, mmap, disk, channels, etcd } = values
  return resource('milvus.io/v1beta1/Milvus', 'milvus', {
    workloads: workloadsOf(values, linked),
    spec: {
      mode: 'cluster',
      components: {
        image: 'docker.io/milvusdb/milvus:v2.6.16',
        runAsNonRoot: true,
        securityContext: {
          allowPrivilegeEscalation: false,
          capabilities: { drop: ['ALL'] },
          seccompProfile: { type: 'RuntimeDefault' },
        },
        podAnnotations: { 'prometheus.io/scrape': 'true', 'prometheus.io/port': '9091' },
        env: [
          // Read when `root` is made, at the first start; a setting would stand in a ConfigMap.
          { name: 'COMMON_SECURITY_DEFAULTROOTPASSWORD', valueFrom: { secretKeyRef: { name: root, key: 'password' } } },
          // The log's client reads no setting for it.
          { name: 'SSL_CERT_FILE', value: ca.file },
        ],
        volumes: [ca.volume, { name: 'data', emptyDir: { sizeLimit: disk } }],
        volumeMounts: [ca.mount, { name: 'data', mountPath: '/var/lib/milvus' }],
        proxy: { replicas: 1 },
        mixCoord: { replicas: 1 },
        queryNode: { replicas: queryNodes.replicas, affinity: apart('querynode') },
        dataNode: { replicas: 1 },
        streamingNode: { replicas: 1 },
        // A second one would send everything twice.
        cdc: linked ? { replicas: 1 } : undefined,
      },
      dependencies: {
        msgStreamType: 'woodpecker',
        etcd: {
          inCluster: {
            deletionPolicy: 'Retain',
            values: {
              replicaCount: etcd.replicas,
              image: { repository: 'milvusdb/etcd', tag: '3.5.25-r1' },
              persistence: { size: etcd.storage },
              podAntiAffinityPreset: 'soft',
              pdb: { create: etcd.replicas > 1, minAvailable: 2 },
            },
          },
        },
        storage: {
          external: true,
          type: 'MinIO',
          endpoint: new URL(bucket.endpoint).host,
          secretRef: bucket.secret,
          ssl: { enabled: true, caCertificateRef: ca.secret },
        },
      },
      config: {
        common: { security: { authorizationEnabled: true } },
        etcd: { rootPath: 'milvus' },
        minio: { bucketName: bucket.bucket, rootPath: 'files', useSSL: true, ssl: { tlsCACert: ca.file } },
        // Other than that of any other cluster from the first day on: a second region may come later.
        msgChannel: { chanNamePrefix: { cluster: id } },
        rootCoord: { dmlChannelNum: channels },
        queryNode: {
          mmap: { vectorField: mmap, vectorIndex: mmap, scalarField: mmap, scalarIndex: mmap, growingMmapEnabled: mmap },
        },
      },
    },
  })
}

function workloadsOf({ queryNodes, etcd }: MilvusValues, linked: boolean): Workload[] {
  const component = (key: string, size: Omit<Size, 'at'>, replicas = 1) =>
    deployment(`milvus-milvus-${key.toLowerCase()}`, { at: `spec.components.${key}`, replicas, ...size })
  return [
    component('proxy', { cpu: '150m', memory: '448Mi' }),
    component('mixCoord', { cpu: '150m', memory: '640Mi' }),
    component('queryNode', { cpu: queryNodes.cpu, memory: queryNodes.memory, spread: 'preferred' }, queryNodes.replicas),
    component('dataNode', { cpu: '250m', memory: '896Mi' }),
    component('streamingNode', { cpu: '250m', memory: '832Mi' }),
    ...(linked ? [component('cdc', { cpu: '50m', memory: '256Mi' })] : []),
    statefulSet('milvus-etcd', {
      at: {
        replicas: 'spec.dependencies.etcd.inCluster.values.replicaCount',
        resources: 'spec.dependencies.etcd.inCluster.values.resources',
      },
      replicas: etcd.replicas,
      cpu: '50m',
      memory: '192Mi',
      memoryLimit: '512Mi',
      volume: etcd.storage,
      spread: 'preferred',
    }),
  ]
}

function apart(component: string) {
  const labelSelector = { matchLabels: { 'app.kubernetes.io/instance': 'milvus', 'app.kubernetes.io/component': component } }
  return {
    podAntiAffinity: {
      preferredDuringSchedulingIgnoredDuringExecution: [
        { weight: 100, podAffinityTerm: { topologyKey: 'kubernetes.io/hostname', labelSelector } },
      ],
    },
  }
}
