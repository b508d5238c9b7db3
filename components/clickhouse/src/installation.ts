import { type ClaimOf, type Grant, platformCa, present, type Region, type Resource, resource, statefulSet } from '@openova/core'
import { serverConfig } from './config.ts'
import { hostPorts, hostsOf, installationOf, localCluster, ports } from './hosts.ts'
import { fromSecret, image, restricted } from './pod.ts'
import { users } from './users.ts'
import type { ClickhouseValues } from './values.ts'

interface Installation {
  values: ClickhouseValues
  region: Region
  /** The other region, where both hold the same tables. */
  linked: Region | undefined
  /** Service of the keepers. */
  keeper: string
  claims: readonly ClaimOf<'analytics'>[]
  backup: Grant<'bucket'>
  topics: Grant<'topic'> | undefined
  secrets: { admin: string; internal: string }
}

export function installation({ values, region, linked, keeper, claims, backup, topics, secrets }: Installation): Resource {
  const name = installationOf(region)
  const { replicas, cpu, memory, storage } = values
  return resource('clickhouse.altinity.com/v1/ClickHouseInstallation', name, {
    workloads: [
      statefulSet(`chi-${name}-${localCluster}`, {
        at: {
          replicas: 'spec.configuration.clusters.0.layout.replicasCount',
          resources: 'spec.templates.podTemplates.0.spec.containers.0.resources',
        },
        replicas,
        cpu,
        memory,
        memoryLimit: memory,
        volume: storage,
        spread: 'required',
      }),
    ],
    spec: {
      defaults: {
        templates: {
          podTemplate: 'server',
          dataVolumeClaimTemplate: 'data',
          serviceTemplate: 'entry',
          replicaServiceTemplate: 'replica',
        },
      },
      configuration: {
        zookeeper: { nodes: [{ host: keeper, port: ports.keeper }] },
        clusters: [
          {
            name: localCluster,
            layout: { shardsCount: 1, replicasCount: replicas },
            secret: { valueFrom: { secretKeyRef: { name: secrets.internal, key: 'cluster' } } },
          },
        ],
        settings: {
          'interserver_http_credentials/user': 'interserver',
          'interserver_http_credentials/password': { valueFrom: { secretKeyRef: { name: secrets.internal, key: 'interserver' } } },
        },
        profiles: {
          // A region that is away must not fail the migrations of the other; it catches up.
          'default/distributed_ddl_output_mode': 'null_status_on_timeout',
          'default/distributed_ddl_task_timeout': '60',
          'default/database_atomic_wait_for_drop_and_detach_synchronously': '1',
        },
        users: users(claims, secrets.admin),
        files: {
          'config.d/openova.xml': serverConfig({
            region: region.name,
            replicas: [...hostsOf(region, replicas), ...(linked ? hostsOf(linked, replicas) : [])].toSorted(),
            backup: `${backup.endpoint}/${backup.bucket}/${region.name}`,
            kafka: topics !== undefined,
          }),
        },
      },
      templates: {
        podTemplates: [{ name: 'server', ...pod({ name, backup, topics }) }],
        volumeClaimTemplates: [
          {
            name: 'data',
            reclaimPolicy: 'Retain',
            spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage } } },
          },
        ],
        serviceTemplates: [
          { name: 'entry', generateName: 'clickhouse', spec: { type: 'ClusterIP', ports: servicePorts.slice(0, 2) } },
          {
            name: 'replica',
            ...(linked && { metadata: { annotations: { 'service.cilium.io/global': 'true' } } }),
            spec: { type: 'ClusterIP', publishNotReadyAddresses: true, ports: servicePorts },
          },
        ],
      },
    },
  })
}

function pod({ name, backup, topics }: Pick<Installation, 'backup' | 'topics'> & { name: string }) {
  return {
    metadata: { annotations: { 'prometheus.io/scrape': 'true', 'prometheus.io/port': String(ports.metrics) } },
    spec: {
      automountServiceAccountToken: false,
      securityContext: restricted.pod,
      affinity: {
        podAntiAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: [
            { topologyKey: 'kubernetes.io/hostname', labelSelector: { matchLabels: { 'clickhouse.altinity.com/chi': name } } },
          ],
        },
      },
      containers: [
        {
          name: 'clickhouse',
          image: image('clickhouse-server'),
          ports: [
            ...hostPorts.map(({ name: port, port: containerPort }) => ({ name: port, containerPort })),
            { name: 'metrics', containerPort: ports.metrics },
          ],
          env: present([
            fromSecret('BACKUP_ACCESS_KEY', backup.secret, 'accessKey'),
            fromSecret('BACKUP_SECRET_KEY', backup.secret, 'secretKey'),
            topics && fromSecret('KAFKA_USERNAME', topics.secret, 'username'),
            topics && fromSecret('KAFKA_PASSWORD', topics.secret, 'password'),
          ]),
          securityContext: restricted.container,
          volumeMounts: [
            platformCa.mount,
            { name: 'scratch', mountPath: '/tmp', subPath: 'tmp' },
            { name: 'scratch', mountPath: '/var/log/clickhouse-server', subPath: 'log' },
          ],
        },
      ],
      volumes: [platformCa.volume, { name: 'scratch', emptyDir: { sizeLimit: '1Gi' } }],
    },
  }
}

const servicePorts = hostPorts.map(({ name, port }) => ({ name, port, targetPort: port, protocol: 'TCP' }))
