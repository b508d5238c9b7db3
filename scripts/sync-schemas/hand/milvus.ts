import type { Schema } from '../../../packages/schemas/src/index.ts'
import { boolean, integer, list, map, object, oneOf, open, text } from '../shapes.ts'
import { container, kind, podSpec } from './kind.ts'

export const milvus = () => [
  kind('milvus.io/v1beta1/Milvus', {
    mode: oneOf('cluster', 'standalone'),
    config: open,
    hookConfig: open,
    components: object({
      ...common(),
      ...Object.fromEntries(roles.map((role) => [role, component()])),
      activeConfigMap: text,
      disableMetric: boolean,
      dummyImage: text,
      enableManualMode: boolean,
      enableRollingUpdate: boolean,
      imageUpdateMode: oneOf('rollingUpgrade', 'rollingDowngrade', 'all', 'force'),
      metricInterval: text,
      metricLabels: map(text),
      rollingMode: integer,
      runAsNonRoot: boolean,
      streamingMode: boolean,
      targetPortType: oneOf('string', 'integer'),
      toolImage: text,
      updateConfigMapOnly: boolean,
      updateToolImage: boolean,
    }),
    dependencies: object({
      msgStreamType: oneOf('pulsar', 'kafka', 'woodpecker', 'rocksmq', 'natsmq', 'custom', ''),
      customMsgStream: open,
      etcd: object({ external: boolean, endpoints: list(text), inCluster }),
      kafka: object({ external: boolean, brokerList: list(text), secretRef: text, inCluster }),
      pulsar: object({ external: boolean, endpoint: text, inCluster }),
      storage: object({
        external: boolean,
        type: oneOf('MinIO', 'S3', 'Azure', ''),
        endpoint: text,
        secretRef: text,
        ssl: object({ enabled: boolean, insecureSkipVerify: boolean, caCertificateRef: text }),
        inCluster,
      }),
      rocksmq: object({ persistence }),
      natsmq: object({ persistence }),
      woodpecker: object({ external: boolean, persistence, quorumBufferPools: list(object({ 'name!': text, 'seeds!': list(text) })) }),
      tei: object({ enabled: boolean, inCluster }),
    }),
  }),
]

const inCluster = object({ chartVersion: text, deletionPolicy: oneOf('Delete', 'Retain'), pvcDeletion: boolean, values: open })

const persistence = object({ enabled: boolean, persistentVolumeClaim: open, pvcDeletion: boolean })

const roles = 'cdc dataCoord dataNode indexCoord indexNode mixCoord proxy queryCoord queryNode rootCoord standalone streamingNode'.split(
  ' ',
)

const common = (): Record<string, Schema> => ({
  ...podSpec('affinity', 'dnsPolicy', 'hostNetwork', 'imagePullSecrets', 'nodeSelector', 'priorityClassName', 'schedulerName'),
  ...podSpec('serviceAccountName', 'tolerations', 'topologySpreadConstraints'),
  ...container('env', 'image', 'imagePullPolicy', 'resources', 'volumeMounts'),
  commands: list(text),
  paused: boolean,
  podAnnotations: map(text),
  podLabels: map(text),
  probes: open,
  runWithSubProcess: boolean,
  securityContext: open,
  version: text,
  volumes: list(open),
})

const component = () =>
  object({
    ...common(),
    replicas: integer,
    initContainers: list(open),
    sidecars: list(open),
    groups: list(open),
    ingress: open,
    port: integer,
    serviceRestfulPort: integer,
    serviceType: text,
    serviceAnnotations: map(text),
    serviceLabels: map(text),
    persistence: open,
  })
