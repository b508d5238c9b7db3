import { bucket, client, defineComponent, generate, host, optional, regionServices, secret, supply, template } from '@openova/core'
import { adminCertificate, nodeCertificate } from './certificates.ts'
import { dashboards } from './dashboards.ts'
import { exporter, metricsPort } from './exporter.ts'
import { makeIndices } from './indices.ts'
import { adminEnv, apiJob } from './job.ts'
import { loginJob, rolesOfLogin } from './login.ts'
import { makeMonitors } from './monitors.ts'
import { nodes } from './nodes.ts'
import { replicationJob } from './replication.ts'
import { makeSnapshots } from './snapshots.ts'
import { soarOpening } from './soar.ts'
import { makeAdmin, makeUsers } from './users.ts'
import { values } from './values.ts'

export type { OpensearchValues } from './values.ts'
export { default as schema } from '../values.schema.json' with { type: 'json' }

/** The hot store of security events: searched, watched by monitors that call the SOAR, aged out; each region follows the other's. */
export default defineComponent({
  name: 'opensearch',
  tier: 'mandatory',
  category: 'observability',
  namespace: 'opensearch',
  values,

  network: { egress: ['artifacts.opensearch.org:443'], metrics: [metricsPort], peer: [9300] },
  metrics: [
    {
      name: 'Cluster is red',
      expr: 'max(elasticsearch_cluster_health_status{color="red"})',
      unit: 'clusters',
      above: 0,
      for: '5m',
      action: 'Ask `_cluster/allocation/explain`: an index has lost its last copy; restore it from a snapshot, or delete it.',
    },
    {
      name: 'Shards without a place',
      expr: 'max(elasticsearch_cluster_health_unassigned_shards)',
      unit: 'shards',
      for: '15m',
      action: 'With three nodes: one of them is away, or its disk is above the watermark. With one node copies have no place by nature.',
    },
    {
      name: 'Free space',
      expr: 'min by (name) (elasticsearch_filesystem_data_available_bytes / elasticsearch_filesystem_data_size_bytes)',
      unit: 'of 1',
      below: 0.15,
      for: '15m',
      action: 'At 5 % indices become read-only: raise `storage`, or lower `retention.hotDays`.',
    },
    {
      name: 'Heap in use',
      expr: 'max by (name) (elasticsearch_jvm_memory_used_bytes{area="heap"} / elasticsearch_jvm_memory_max_bytes{area="heap"})',
      unit: 'of 1',
      above: 0.9,
      for: '15m',
      action: 'Requests are refused next: raise `memory`.',
    },
    {
      name: 'Age of the last snapshot',
      expr: 'time() - max(elasticsearch_snapshot_stats_latest_snapshot_timestamp_seconds)',
      unit: 's',
      above: 129600,
      for: '1h',
      action: 'Ask `_plugins/_sm/policies/events/_explain`: it says what the last snapshot failed on.',
    },
  ],

  needs: ({ values: { soar }, peer }) => ({
    web: host({ name: 'opensearch', service: 'opensearch-dashboards', port: 5601 }),
    // Its keys go into the keystore of the nodes, which is read at the start.
    snapshots: bucket({
      name: 'opensearch-snapshots',
      secret: (s3) => ({ 's3.client.default.access_key': s3.accessKey, 's3.client.default.secret_key': s3.secretKey }),
    }),
    login: optional(
      client({
        name: 'opensearch',
        returnsTo: [{ host: 'opensearch', paths: ['/auth/openid/login'] }],
        roles: Object.keys(rolesOfLogin),
        before: 'config',
      }),
    ),
    admin: secret('admin', { username: template('admin'), password: generate(32) }),
    dashboards: secret('dashboards', { username: template('dashboards'), password: generate(32), cookie: generate(32) }),
    exporter: secret('exporter', { username: template('exporter'), password: generate(32) }),
    // Whoever writes events reads it at `region/opensearch/ingest`.
    ingest: secret('ingest', { username: template('ingest'), password: generate(32) }),
    replication: peer && secret('replication', { username: template('replication'), password: generate(32) }),
    soar: soar.authenticated && secret('soar', { token: supply('Token that Specter accepts at its webhook') }, { before: 'config' }),
  }),

  check: ({ values: { replicas, retention, soar }, region, peer, has }) => [
    replicas > region.nodes && {
      at: 'replicas',
      message: `Unexpected ${replicas} replicas, expected at most one for each of the ${region.nodes} nodes`,
      fix: 'set `replicas: 1`, or add nodes',
    },
    peer !== undefined &&
      retention.followedDays <= retention.hotDays && {
        at: 'retention.followedDays',
        message: `Unexpected ${retention.followedDays} days, expected more than the ${retention.hotDays} of \`hotDays\`: what is deleted earlier is followed anew`,
        fix: `set \`followedDays: ${retention.hotDays + 7}\``,
      },
    soar.authenticated &&
      soar.endpoint === '' && {
        at: 'soar.authenticated',
        message: 'Unexpected token for nobody, expected an endpoint too',
        fix: 'set `soar.endpoint`',
      },
    !(has('clickhouse') && has('strimzi')) && {
      at: 'retention.hotDays',
      severity: 'warning',
      message: `Unexpected platform without ${(['clickhouse', 'strimzi'] as const).filter((name) => !has(name)).join(' and ')}, expected both where events must be kept for longer than the ${retention.hotDays} days of \`hotDays\``,
      fix: 'choose clickhouse and strimzi, or raise `hotDays` and `storage`',
    },
  ],

  before: ({ region, peer }) => [nodeCertificate(region, peer !== undefined), adminCertificate()],
  releases: ({ values, platform, granted }) => [
    nodes(values, { platform, snapshots: granted.snapshots }),
    dashboards(values, { account: granted.dashboards.secret, login: granted.login, web: granted.web }),
  ],
  install: ({ granted }) => [exporter(granted.exporter.secret)],
  setup: ({ values, region, peer, granted: { admin, replication, login, ...accounts } }) => [
    apiJob('setup', {
      env: {
        ...adminEnv(admin.secret),
        DASHBOARDS_PASSWORD: { secret: accounts.dashboards.secret, key: 'password' },
        EXPORTER_PASSWORD: { secret: accounts.exporter.secret, key: 'password' },
        INGEST_PASSWORD: { secret: accounts.ingest.secret, key: 'password' },
        ...(replication && { REPLICATION_PASSWORD: { secret: replication.secret, key: 'password' } }),
      },
      script: [
        makeAdmin(login ? rolesOfLogin : {}),
        makeIndices({ values, region: region.name, ...(peer && { peer: peer.name }) }),
        makeUsers(region.name, { replicated: replication !== undefined }),
      ].join(''),
    }),
  ],
  config: ({ values, region, granted: { admin, snapshots, soar, login } }) => [
    login && loginJob(login),
    values.soar.endpoint !== '' && soarOpening(values.soar.endpoint),
    apiJob('config', {
      env: { ...adminEnv(admin.secret), ...(soar && { SOAR_TOKEN: { secret: soar.secret, key: 'token' } }) },
      script: makeSnapshots(values.snapshots, snapshots, region.name) + makeMonitors(region.name, values.soar),
    }),
  ],
  peer: ({ region, peer, granted: { admin, replication } }) => [
    ...regionServices(
      'opensearch',
      {
        selector: { 'app.kubernetes.io/name': 'opensearch', 'app.kubernetes.io/instance': 'opensearch' },
        ports: [{ name: 'transport', port: 9300 }],
      },
      { region, peer },
    ),
    peer && replication && replicationJob(peer.name, { admin: admin.secret, replication: replication.secret }),
  ],
})
