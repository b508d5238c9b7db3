import type { Schema } from '../../../packages/schemas/src/index.ts'
import { integer, list, object, oneOf, open, text } from '../shapes.ts'
import { kind, pod } from './kind.ts'

/** The operator's Go types say nothing of their fields' rules, and its CRDs are open in many places; so are these. */
export const clickhouse = () => [
  kind('clickhouse.altinity.com/v1/ClickHouseInstallation', {
    ...installation(),
    restart: oneOf('', 'RollingUpdate'),
    troubleshoot: text,
    templating: object({ policy: oneOf('', 'auto', 'manual'), chiSelector: open }),
    reconcile: open,
    useTemplates: list(object({ name: text, namespace: text, useType: oneOf('', 'merge') })),
    configuration: object({
      zookeeper: zookeeper(),
      users: open,
      profiles: open,
      quotas: open,
      settings: open,
      files: open,
      clusters: list(
        object({
          ...cluster(),
          zookeeper: zookeeper(),
          schemaPolicy: object({ replica: text, shard: text }),
          insecure: text,
          secure: text,
          secret: object({ auto: text, value: text, valueFrom: open }),
          reconcile: open,
        }),
      ),
    }),
  }),
  kind('clickhouse-keeper.altinity.com/v1/ClickHouseKeeperInstallation', {
    ...installation(),
    configuration: object({ settings: open, files: open, clusters: list(object(cluster())) }),
  }),
]

const installation = (): Record<string, Schema> => ({
  taskID: text,
  stop: text,
  suspend: text,
  namespaceDomainPattern: text,
  reconciling: open,
  defaults: object({
    replicasUseFQDN: text,
    distributedDDL: object({ profile: text }),
    storageManagement: object({ provisioner: oneOf('', 'StatefulSet', 'Operator'), reclaimPolicy: oneOf('', 'Retain', 'Delete') }),
    templates: templateNames(),
  }),
  templates: object({
    hostTemplates: list(object({ name: text, portDistribution: list(object({ type: text })), spec: open })),
    podTemplates: list(
      object({
        'name!': text,
        generateName: text,
        zone: object({ key: text, values: list(text) }),
        distribution: oneOf('', 'Unspecified', 'OnePerHost'),
        podDistribution: list(open),
        metadata: open,
        spec: pod('spec'),
      }),
    ),
    volumeClaimTemplates: list(
      object({
        'name!': text,
        provisioner: oneOf('', 'StatefulSet', 'Operator'),
        reclaimPolicy: oneOf('', 'Retain', 'Delete'),
        metadata: open,
        spec: open,
      }),
    ),
    serviceTemplates: list(object({ 'name!': text, generateName: text, metadata: open, spec: open })),
  }),
})

const zookeeper = (): Schema =>
  object({
    nodes: list(object({ 'host!': text, port: integer, secure: text, availabilityZone: text })),
    session_timeout_ms: integer,
    operation_timeout_ms: integer,
    root: text,
    identity: text,
    use_compression: text,
  })

const cluster = (): Record<string, Schema> => ({
  'name!': text,
  settings: open,
  files: open,
  templates: templateNames(),
  pdbManaged: text,
  pdbMaxUnavailable: integer,
  layout: object({ type: text, shardsCount: integer, replicasCount: integer, shards: list(open), replicas: list(open) }),
})

const templateNames = (): Schema => {
  const names = ['hostTemplate', 'podTemplate', 'dataVolumeClaimTemplate', 'logVolumeClaimTemplate', 'volumeClaimTemplate']
  const services = ['serviceTemplate', 'clusterServiceTemplate', 'shardServiceTemplate', 'replicaServiceTemplate']
  return object({ ...Object.fromEntries([...names, ...services].map((name) => [name, text])), serviceTemplates: list(text) })
}
