import { bucket, defineComponent, deployment, release } from '@openova/core'
import { furtherDatabase } from './further.ts'
import { databaseCluster } from './cluster.ts'
import { databaseOf } from './engine.ts'
import { endpointOf, kubeName } from './names.ts'
import { peerCredential } from './store.ts'
import { values } from './values.ts'

export type { CnpgValues } from './values.ts'
export { default as schema } from '../values.schema.json' with { type: 'json' }

/** PostgreSQL for every consumer in its own namespace, archived to MinIO, and followed by the other region where that is asked for. */
export default defineComponent({
  name: 'cnpg',
  tier: 'a-la-carte',
  category: 'data',
  namespace: 'cnpg-system',
  values,

  provides: { 'postgresql.cnpg.io': 'install', 'barmancloud.cnpg.io': 'install' },
  // The plugin's chart has certificates of its own issuer.
  after: { install: ['cert-manager/install'] },
  network: { apiServer: true, webhooks: [9443], metrics: [8080] },
  metrics: [
    {
      name: 'Databases that are down',
      expr: 'count(cnpg_collector_up == 0)',
      unit: 'servers',
      above: 0,
      for: '5m',
      action: 'Look at the pods of that Cluster; `kubectl cnpg status` says why it does not start.',
    },
    {
      name: 'Replication lag',
      expr: 'max by (namespace) (cnpg_pg_replication_lag)',
      unit: 's',
      above: 60,
      for: '10m',
      action: 'Look at the load of the writing server, and at the mesh where the other region follows.',
    },
    {
      name: 'Changes that were not archived',
      expr: 'sum by (namespace) (increase(cnpg_pg_stat_archiver_failed_count[15m]))',
      unit: 'segments',
      above: 0,
      for: '15m',
      action: 'The volume fills until it works again: look at MinIO and at the log of the plugin-barman-cloud container.',
    },
    {
      name: 'Age of the last backup',
      expr: 'max by (namespace) (time() - barman_cloud_cloudnative_pg_io_last_available_backup_timestamp) / 3600',
      unit: 'h',
      above: 36,
      for: '1h',
      action: 'Look at the newest Backup in that namespace; its status holds the error.',
    },
  ],
  privileges: [
    { role: 'cnpg-cloudnative-pg', reason: 'It makes pods, Services and Secrets of databases in the namespaces of their consumers.' },
  ],

  serves: {
    database: {
      ready: 'install',
      // The operator asks every server how it is; the follower streams from the writer.
      opens: ({ scope }) => ({ atConsumer: [8000], metrics: [9187], ...(scope === 'replicated' && { betweenRegions: [5432] }) }),
      grant: ({ ask, namespace }, { values: { pooler }, peer }) => ({
        host: `${endpointOf(ask, { pooled: pooler.enabled, followed: peer !== undefined })}.${namespace}.svc`,
        port: 5432,
        database: databaseOf(ask),
        username: ask.name,
      }),
      credential: ({ ask, grant }) => ({
        username: { value: ask.name },
        password: { generate: 32 },
        host: { value: grant.host },
        database: { value: grant.database },
      }),
      credentialScope: ({ ask }, { peer }) => (ask.scope === 'replicated' && peer ? 'shared' : 'region'),
      backup: ({ ask }) => bucket({ name: `cnpg-${kubeName(ask.name)}`, readByPeer: ask.scope === 'replicated' }),
      resources: (claim, { values, platform, region, peer, claims, writeRegion }) => {
        const [first = claim, ...further] = claims('database').filter(({ consumer }) => consumer === claim.consumer)
        const followed = first.ask.scope === 'replicated' ? peer : undefined
        const here = followed === undefined || writeRegion(claim.consumer) === region.name
        return claim.key === first.key
          ? databaseCluster({
              claim,
              further,
              values,
              regions: platform.regions,
              region,
              peer: followed,
              writeRegion: writeRegion(claim.consumer),
            })
          : furtherDatabase({
              claim,
              cluster: kubeName(first.ask.name),
              pooled: values.pooler.enabled,
              followed: followed !== undefined,
              here,
            })
      },
      // Needed by the writing side only after a switch, so it must not wait for the other region.
      peer: (claim, { region, peer, claims, writeRegion }) => {
        const first = claims('database').find(({ consumer }) => consumer === claim.consumer)
        const writes = writeRegion(claim.consumer) === region.name
        return [peer && claim.key === first?.key && claim.ask.scope === 'replicated' && writes && peerCredential(peer.name)]
      },
    },
  },

  releases: ({ values: { operatorReplicas } }) => [
    release('cnpg', {
      chart: { name: 'cloudnative-pg', repository, version: '0.29.0' },
      workloads: [
        deployment('cnpg-cloudnative-pg', {
          at: { replicas: 'replicaCount', resources: 'resources' },
          replicas: operatorReplicas,
          cpu: '50m',
          memory: '128Mi',
          memoryLimit: '384Mi',
          spread: 'preferred',
        }),
      ],
      values: {
        crds: { create: true },
        podAnnotations: { 'prometheus.io/scrape': 'true', 'prometheus.io/port': '8080' },
      },
      drift: {
        mode: 'enabled',
        ignore: [
          { paths: ['/webhooks'], target: { kind: 'ValidatingWebhookConfiguration' } },
          { paths: ['/webhooks'], target: { kind: 'MutatingWebhookConfiguration' } },
        ],
      },
    }),
    release('barman', {
      chart: { name: 'plugin-barman-cloud', repository, version: '0.7.0' },
      workloads: [
        deployment('barman-plugin-barman-cloud', {
          at: { replicas: 'replicaCount', resources: 'resources' },
          replicas: 1,
          cpu: '20m',
          memory: '64Mi',
        }),
      ],
      // The chart's own 0.13 loses a replica cluster's archive at its promotion.
      values: { image: { tag: plugin }, sidecarImage: { tag: plugin } },
    }),
  ],
})

const repository = 'https://cloudnative-pg.github.io/charts'
const plugin = 'v0.14.0'
