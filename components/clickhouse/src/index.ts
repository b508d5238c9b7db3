import { bucket, defineComponent, deployment, generate, optional, platformCa, release, secret, template, topic } from '@openova/core'
import { backupJob } from './backup.ts'
import { copyTables, makeDatabases, recoverTables } from './databases.ts'
import { hostsOf, linkServices, ports } from './hosts.ts'
import { installation } from './installation.ts'
import { clientJob } from './job.ts'
import { keeper } from './keeper.ts'
import { makeEvents, siemDatabase, siemTopics } from './siem.ts'
import { values } from './values.ts'

export { hostsOf } from './hosts.ts'
export type { ClickhouseValues } from './values.ts'
export { default as schema } from '../values.schema.json' with { type: 'json' }

/** Analytical databases for their consumers, and the cold store of security events; both regions hold the same tables. */
export default defineComponent({
  name: 'clickhouse',
  tier: 'a-la-carte',
  category: 'data',
  namespace: 'clickhouse',
  values,

  provides: { 'clickhouse.altinity.com': 'install', 'clickhouse-keeper.altinity.com': 'install' },
  network: {
    apiServer: true,
    metrics: [8888, 9999, ports.metrics, ports.keeperMetrics],
    peer: [ports.native, ports.interserver, ports.keeper],
  },
  metrics: [
    {
      name: 'Tables that are read-only',
      expr: 'sum by (hostname) (chi_clickhouse_metric_ReadonlyReplica)',
      unit: 'tables',
      above: 0,
      for: '5m',
      action: 'The keepers are away, or have forgotten the tables: look at their pods, then run the Job `recover` again.',
    },
    {
      name: 'Replication lag',
      expr: 'max by (pod) (ClickHouseAsyncMetrics_ReplicasMaxAbsoluteDelay)',
      unit: 's',
      above: 300,
      for: '10m',
      action: 'Ask system.replication_queue for `last_exception`; between the regions look at the mesh.',
    },
    {
      name: 'Servers that do not answer',
      expr: 'sum by (hostname) (chi_clickhouse_metric_fetch_errors)',
      unit: 'errors',
      above: 0,
      for: '5m',
      action: 'Look at the pod of that server and at its log.',
    },
    {
      name: 'Age of the last backup',
      expr: '(time() - max(kube_cronjob_status_last_successful_time{namespace="clickhouse",cronjob="backup"})) / 3600',
      unit: 'h',
      above: 36,
      for: '1h',
      action: 'Read the log of the last Job `backup` in namespace clickhouse.',
    },
  ],

  needs: ({ values: { crossRegion }, peer }) => {
    const scope = peer && crossRegion === 'replicated' ? 'shared' : 'region'
    return {
      operator: secret('clickhouse-operator', { username: template('clickhouse_operator'), password: generate(32) }),
      admin: secret('admin', { password: generate(32) }),
      internal: secret('internal', { cluster: generate(32), interserver: generate(32) }, { scope }),
      backup: bucket({ name: 'clickhouse-backup', replicated: true }),
      events: optional(topic({ reads: ['siem.*'], group: 'clickhouse' })),
    }
  },

  check: ({ values: { replicas, keepers }, region }) => [
    replicas > region.nodes && {
      at: 'replicas',
      message: `Unexpected ${replicas} replicas, expected at most one for each of the ${region.nodes} nodes`,
      fix: `set \`replicas: ${region.nodes}\`, or add nodes`,
    },
    keepers > region.nodes && {
      at: 'keepers',
      message: `Unexpected ${keepers} keepers, expected at most one for each of the ${region.nodes} nodes`,
      fix: 'set `keepers: 1`, or add nodes',
    },
  ],

  serves: {
    analytics: {
      ready: 'setup',
      opens: { atOwner: [ports.native, ports.http] },
      grant: ({ ask }) => ({
        host: 'clickhouse.clickhouse.svc',
        port: ports.native,
        httpPort: ports.http,
        database: ask.name,
        username: ask.name,
        cluster: 'default',
      }),
      credential: ({ ask, grant }) => ({
        username: { value: ask.name },
        password: { generate: 32 },
        host: { value: grant.host },
        database: { value: ask.name },
      }),
      credentialScope: (_, { values: { crossRegion }, peer }) => (peer && crossRegion === 'replicated' ? 'shared' : 'region'),
      keepsCredential: 'needs',
    },
  },

  before: ({ values: { replicas, crossRegion }, region, peer }) => [
    platformCa.certificate('clickhouse.clickhouse.svc'),
    ...(peer && crossRegion === 'replicated' ? linkServices({ region, peer, replicas }) : []),
  ],
  releases: () => [
    release('clickhouse-operator', {
      chart: { name: 'altinity-clickhouse-operator', repository: 'https://helm.altinity.com', version: '0.25.6' },
      workloads: [
        deployment('clickhouse-operator', {
          at: { resources: 'operator.resources' },
          replicas: 1,
          cpu: '70m',
          memory: '192Mi',
          memoryLimit: '384Mi',
        }),
      ],
      values: {
        fullnameOverride: 'clickhouse-operator',
        // Flux installs the CRDs; the hook would fetch an image without a fixed tag.
        crdHook: { enabled: false },
        rbac: { namespaceScoped: true },
        // Found by its name, which is the operator's.
        secret: { create: false },
        configs: { files: { 'config.yaml': { watch: { namespaces: ['clickhouse'] } } } },
        podSecurityContext: { runAsNonRoot: true, runAsUser: 65534, runAsGroup: 65534, seccompProfile: { type: 'RuntimeDefault' } },
        operator: { containerSecurityContext: restrictedContainer },
        metrics: {
          // Its request stands at the operator.
          resources: { requests: { cpu: '0', memory: '0' }, limits: { memory: '192Mi' } },
          containerSecurityContext: restrictedContainer,
        },
      },
    }),
  ],
  setup: ({ values, region, peer, claims, writeRegion, granted: { admin, internal, backup, events } }) => {
    const linked = values.crossRegion === 'replicated' ? peer : undefined
    const writer = writeRegion('clickhouse')
    return [
      (linked === undefined || writer === region.name) && keeper(values.keepers),
      installation({
        values,
        region,
        linked,
        keeper: linked ? `keeper-${writer}` : 'keeper-keeper',
        claims: claims('analytics'),
        backup,
        topics: events,
        secrets: { admin: admin.secret, internal: internal.secret },
      }),
      clientJob('databases', {
        admin: admin.secret,
        script: makeDatabases(hostsOf(region, values.replicas), databasesOf(claims('analytics'))),
      }),
    ]
  },
  config: ({ values, region, peer, claims, writeRegion, granted: { admin, backup, events } }) => {
    const linked = peer !== undefined && values.crossRegion === 'replicated'
    const hosts = hostsOf(region, values.replicas)
    const topics = siemTopics(claims('topic'))
    const databases = [...databasesOf(claims('analytics')), ...(events && topics.length > 0 ? [siemDatabase] : [])]
    return [
      events &&
        topics.length > 0 &&
        clientJob('events', { admin: admin.secret, script: makeEvents({ hosts, topics, kafka: events, keepDays: values.siem.keepDays }) }),
      !linked && clientJob('recover', { admin: admin.secret, script: recoverTables(hosts, 'keeper-keeper') }),
      // Where both regions hold the same, the bucket takes the copy to the other one.
      databases.length > 0 &&
        (!linked || writeRegion('clickhouse') === region.name) &&
        backupJob({ backup: values.backup, host: hosts[0] ?? '', region: region.name, databases, bucket: backup, admin: admin.secret }),
    ]
  },
  // In the region that does not write it needs the keepers of the other one.
  peer: ({ values: { replicas, crossRegion }, region, peer, claims, writeRegion, granted: { admin } }) => {
    if (peer === undefined || crossRegion !== 'replicated') return []
    const writer = writeRegion('clickhouse')
    const hosts = hostsOf(region, replicas)
    const databases = databasesOf(claims('analytics'))
    return [
      clientJob('recover', { admin: admin.secret, script: recoverTables(hosts, `keeper-${writer}`) }),
      writer !== region.name &&
        databases.length > 0 &&
        clientJob('tables', { admin: admin.secret, script: copyTables(hosts, { source: hostsOf(peer, 1)[0] ?? '', databases }) }),
    ]
  },
})

const databasesOf = (claims: readonly { ask: { name: string } }[]) => claims.map(({ ask }) => ask.name)

const restrictedContainer = { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } }
