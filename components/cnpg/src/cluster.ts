import {
  type ClaimOf,
  formatMemory,
  type List,
  meshService,
  parseMemory,
  type Region,
  regionServices,
  type Resource,
  resource,
  statefulSet,
} from '@openova/core'
import { publication, readable, reader } from './changes.ts'
import { certificates, serverTls, streamingTls } from './certificates.ts'
import { engineOf } from './engine.ts'
import { endpointOf, kubeName, primaryOf } from './names.ts'
import { objectStore, peerCredential, peerStore, pluginName, storeName } from './store.ts'
import type { CnpgValues } from './values.ts'

interface Database {
  /** The first database of the consumer, after which the cluster is named. */
  claim: ClaimOf<'database'>
  further: readonly ClaimOf<'database'>[]
  values: CnpgValues
  regions: readonly string[]
  region: Region
  /** The region that follows, or is followed; absent where the database lives in one region. */
  peer: Region | undefined
  writeRegion: string
}

/** The cluster of a consumer with its archive, backups, certificates and, with two regions, the Services between them. */
export function databaseCluster(database: Database): List<Resource> {
  const { claim, further, values, region, peer, writeRegion } = database
  const cluster = kubeName(claim.ask.name)
  const here = peer === undefined || writeRegion === region.name
  const names = [claim, ...further].map(({ ask }) => endpointOf(ask, { pooled: false, followed: peer !== undefined }))
  return [
    ...certificates({ cluster, namespace: claim.namespace, names, region: peer && region.name }),
    claim.backup &&
      objectStore(claim.backup, { name: storeName(peer && region.name), cluster, backup: values.backup, instances: values.instances }),
    peer && peerStore(claim, peer.name),
    peer && !here && peerCredential(peer.name),
    clusterObject(database, cluster),
    resource('postgresql.cnpg.io/v1/ScheduledBackup', cluster, {
      spec: {
        schedule: values.backup.schedule,
        // The region that follows starts from a base backup.
        immediate: true,
        backupOwnerReference: 'self',
        cluster: { name: cluster },
        method: 'plugin',
        pluginConfiguration: { name: pluginName },
      },
    }),
    ...regionServices(cluster, primaryOf(cluster), { region, peer }),
    peer && meshService(`${cluster}-write`, primaryOf(cluster), here),
    peer === undefined && values.pooler.enabled && pooler(cluster, values.pooler.instances),
    here && claim.ask.changes && publication(claim, cluster),
  ]
}

function clusterObject({ claim, further, values, regions, region, peer, writeRegion }: Database, cluster: string): Resource {
  const { instances } = values
  const engine = engineOf(claim.ask, values)
  const { name: database, storage = values.storage, changes } = claim.ask
  const read = [claim, ...further].some(({ ask }) => ask.changes) ? readable(storage) : undefined
  const serverTlsName = serverTls(cluster)
  const streamingName = streamingTls(cluster)
  const serverName = (name: string) => `${cluster}-${name}`
  return resource('postgresql.cnpg.io/v1/Cluster', cluster, {
    workloads: [
      statefulSet(cluster, {
        at: { replicas: 'spec.instances', resources: 'spec.resources' },
        replicas: instances,
        cpu: engine.cpu,
        memory: engine.memory,
        memoryLimit: formatMemory(3 * parseMemory(engine.memory)),
        volume: storage,
        spread: 'preferred',
      }),
    ],
    spec: {
      instances,
      ...engine.spec,
      // With a single server a budget would hold every drain of its node.
      enablePDB: instances > 1,
      storage: { size: storage },
      affinity: { enablePodAntiAffinity: true, podAntiAffinityType: 'preferred', topologyKey: 'kubernetes.io/hostname' },
      postgresql: { ...engine.postgresql, parameters: { ...engine.postgresql.parameters, ...read?.parameters } },
      replicationSlots: read?.replicationSlots,
      managed: changes ? reader(claim) : undefined,
      inheritedMetadata: { annotations: { 'prometheus.io/scrape': 'true', 'prometheus.io/port': '9187' } },
      certificates: {
        serverCASecret: serverTlsName,
        serverTLSSecret: serverTlsName,
        clientCASecret: peer && streamingName,
        replicationTLSSecret: peer && streamingName,
      },
      bootstrap:
        peer && writeRegion !== region.name
          ? { recovery: { source: peer.name } }
          : { initdb: { database, owner: database, secret: { name: claim.secret }, ...engine.initdb } },
      plugins: [
        {
          name: pluginName,
          isWALArchiver: true,
          parameters: { barmanObjectName: storeName(peer && region.name), serverName: peer && serverName(region.name) },
        },
      ],
      replica: peer && { self: region.name, primary: writeRegion, source: peer.name },
      externalClusters:
        peer &&
        regions.map((name) => ({
          name,
          connectionParameters: {
            host: `${cluster}-${name}.${claim.namespace}.svc`,
            user: 'streaming_replica',
            dbname: 'postgres',
            sslmode: 'verify-full',
          },
          sslKey: { name: streamingName, key: 'tls.key' },
          sslCert: { name: streamingName, key: 'tls.crt' },
          sslRootCert: { name: serverTlsName, key: 'ca.crt' },
          plugin: { name: pluginName, parameters: { barmanObjectName: storeName(name), serverName: serverName(name) } },
        })),
    },
  })
}

function pooler(cluster: string, instances: number): Resource {
  return resource('postgresql.cnpg.io/v1/Pooler', `${cluster}-pooler`, {
    workloads: [
      statefulSet(`${cluster}-pooler`, {
        at: { replicas: 'spec.instances', resources: 'spec.template.spec.containers.0.resources' },
        replicas: instances,
        cpu: '10m',
        memory: '32Mi',
        spread: 'preferred',
      }),
    ],
    spec: {
      cluster: { name: cluster },
      type: 'rw',
      pgbouncer: { poolMode: 'session', parameters: { max_client_conn: '500', default_pool_size: '20' } },
      template: { spec: { containers: [{ name: 'pgbouncer' }] } },
    },
  })
}
