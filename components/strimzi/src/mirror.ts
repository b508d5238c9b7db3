import { deployment, formatMemory, parseMemory, type Part, type Region, type Resource, resource } from '@openova/core'
import { heap, kafkaVersion, scraped } from './cluster.ts'
import { bootstrapService, brokerTls, mirrorPort } from './listeners.ts'
import { allow, scramUser } from './users.ts'
import type { StrimziValues } from './values.ts'

/** Reads in the write region and writes in the other one; the same password in both. */
export function mirrorUser(secret: string, { writes }: { writes: boolean }): Resource {
  return scramUser(user, secret, [
    allow('topic', '*', [
      'Describe',
      'DescribeConfigs',
      'Read',
      ...(writes ? (['Alter', 'AlterConfigs', 'Create', 'Write'] as const) : []),
    ]),
    allow('group', '*', ['Describe', 'Read']),
    ...(writes ? [{ resource: { type: 'cluster' as const }, operations: ['Create' as const, 'Describe' as const] }] : []),
  ])
}

interface Direction {
  from: Region
  to: Region
  secret: string
}

/**
 * Topics under their own names and the positions of their groups, into the region that does not write.
 * Never both ways at once: with unchanged names the records would go round. Before a switch back, the topics
 * of the region that becomes the mirror are to be emptied.
 */
export function mirrorMaker({ exclude, tasks, memory }: StrimziValues['mirror'], { from, to, secret }: Direction): Resource {
  const name = `${from.name}-to-${to.name}`
  const cluster = (region: Region, bootstrapServers: string) => ({ alias: region.name, bootstrapServers, ...access(secret) })
  const policy = { 'replication.policy.class': 'org.apache.kafka.connect.mirror.IdentityReplicationPolicy' }
  const syncs = { 'offset-syncs.topic.location': 'target' }
  return resource('kafka.strimzi.io/v1/KafkaMirrorMaker2', name, {
    workloads: [
      deployment(`${name}-mirrormaker2`, {
        at: { replicas: 'spec.replicas', resources: 'spec.resources' },
        replicas: 1,
        cpu: '200m',
        memory,
        memoryLimit: formatMemory(2 * parseMemory(memory)),
      }),
    ],
    spec: {
      version: kafkaVersion,
      replicas: 1,
      target: {
        ...cluster(to, 'kafka-kafka-bootstrap.strimzi.svc:9093'),
        groupId: `mm2-${name}`,
        configStorageTopic: `mm2-${name}-config`,
        offsetStorageTopic: `mm2-${name}-offset`,
        statusStorageTopic: `mm2-${name}-status`,
        config: {
          'config.storage.replication.factor': -1,
          'offset.storage.replication.factor': -1,
          'status.storage.replication.factor': -1,
        },
      },
      mirrors: [
        {
          source: cluster(from, `${bootstrapService(from)}.strimzi.svc:${mirrorPort}`),
          topicsPattern: '.*',
          topicsExcludePattern: [...ownTopics, ...exclude].join(','),
          groupsPattern: '.*',
          sourceConnector: {
            tasksMax: tasks,
            autoRestart: { enabled: true },
            config: {
              ...policy,
              ...syncs,
              'replication.factor': -1,
              'offset-syncs.topic.replication.factor': -1,
              'refresh.topics.interval.seconds': 60,
              'sync.topic.acls.enabled': false,
              // Topics that somebody declared have their settings from Git, in both regions.
              'sync.topic.configs.enabled': false,
            },
          },
          checkpointConnector: {
            tasksMax: 1,
            autoRestart: { enabled: true },
            config: {
              ...policy,
              ...syncs,
              'checkpoints.topic.replication.factor': -1,
              'emit.checkpoints.interval.seconds': 60,
              'sync.group.offsets.enabled': true,
              'sync.group.offsets.interval.seconds': 60,
            },
          },
        },
      ],
      jvmOptions: { '-Xms': heap(memory, 2 / 7), '-Xmx': heap(memory, 4 / 7) },
      metricsConfig: { type: 'strimziMetricsReporter' },
      template: { pod: { metadata: scraped } },
    },
  })
}

const user = 'mm2'

/** Each region's own events, and what Connect and MirrorMaker remember of themselves. */
const ownTopics = ['siem\\..*', '.*-config', '.*-configs', '.*-offset', '.*-offsets', '.*-status']

type Access = Pick<Part<'kafka.strimzi.io/v1/KafkaMirrorMaker2', 'spec.target'>, 'tls' | 'authentication'>

const access = (secretName: string): Access => ({
  tls: { trustedCertificates: [{ secretName: brokerTls, certificate: 'ca.crt' }] },
  authentication: { type: 'scram-sha-512', username: user, passwordSecret: { secretName, password: 'password' } },
})
