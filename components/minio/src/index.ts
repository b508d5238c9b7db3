import { client, defineComponent, generate, host, job, optional, regionServices, release, secret, statefulSet } from '@openova/core'
import { archivalKeys, archivalJob } from './archive.ts'
import { bucketsOf, policiesOf, userOf, usersOf } from './buckets.ts'
import { backendPolicies, caConfigMap } from './gateway.ts'
import { loginJob, roles } from './login.ts'
import { holdingsOf, publishers } from './holdings.ts'
import { replicationJob } from './replication.ts'
import { serverCertificate } from './certificate.ts'
import { values } from './values.ts'

export type { MinioValues } from './values.ts'
export { default as schema } from '../values.schema.json' with { type: 'json' }

const server = { repository: 'docker.io/pgsty/minio', tag: 'RELEASE.2026-08-04T00-00-00Z' }

/** Object storage: a bucket and a user for every consumer, old data moved to the archival storage, chosen buckets replicated between the regions. */
export default defineComponent({
  name: 'minio',
  tier: 'mandatory',
  category: 'storage',
  budget: 'storage',
  namespace: {
    name: 'minio',
    podSecurity: 'baseline',
    reason: 'The chart makes buckets and users in a Job whose containers have no setting for their security context.',
  },
  values,

  network: {
    egress: [
      '*.r2.cloudflarestorage.com:443',
      's3.*.amazonaws.com:443',
      '*.s3.*.amazonaws.com:443',
      'storage.googleapis.com:443',
      'oauth2.googleapis.com:443',
      '*.blob.core.windows.net:443',
    ],
    apiServer: true,
    metrics: [9000],
    peer: [9000],
  },
  metrics: [
    {
      name: 'Servers that are down',
      expr: 'max(minio_cluster_nodes_offline_total)',
      unit: 'servers',
      above: 0,
      for: '5m',
      action: 'Look at the pods in namespace minio; with two of three down nothing can be read.',
    },
    {
      name: 'Volumes that are down',
      expr: 'max(minio_cluster_drive_offline_total)',
      unit: 'volumes',
      above: 0,
      for: '5m',
      action: 'Look at the volume claims in namespace minio; a replaced volume heals by itself.',
    },
    {
      name: 'Free space',
      expr: 'min(minio_cluster_capacity_usable_free_bytes) / min(minio_cluster_capacity_usable_total_bytes)',
      unit: 'of all',
      below: 0.15,
      for: '30m',
      action: 'Give buckets a tier or a shorter retention, or raise `storage`.',
    },
    {
      name: 'Failed replication',
      expr: 'sum by (bucket) (increase(minio_bucket_replication_total_failed_count[30m]))',
      unit: 'objects',
      above: 0,
      for: '30m',
      action: 'Look at `mc replicate status`; MinIO tries again by itself when the other region is back.',
    },
  ],

  needs: ({ platform, region, peer }) => ({
    root: secret('root', { rootUser: generate(20), rootPassword: generate(40) }),
    s3: host({
      name: 'minio',
      service: 'minio',
      port: 9000,
      waf: { off: 'Objects are uploaded in bodies of any size; the WAF would hold them all in memory.' },
    }),
    console: host({ name: 'minio-console', service: 'minio-console', port: 9001 }),
    login: optional(client({ name: 'minio', returnsTo: [{ host: 'minio-console', paths: ['/oauth_callback'] }], roles, before: 'config' })),
    archival: secret('archival', archivalKeys(platform.archival), { before: 'config' }),
    // The user of the other region here, and ours there.
    guest: peer && secret(`peer-${region.name}`, peerKey, { scope: 'shared', origin: region.name, before: 'config' }),
    host: peer && secret(`peer-${peer.name}`, peerKey, { scope: 'shared', origin: peer.name, before: 'config' }),
  }),

  serves: {
    bucket: {
      ready: 'install',
      opens: ({ readByPeer, holds = [] }) => ({
        atOwner: [9000],
        ...(readByPeer && { atPeer: [9000] }),
        ...(holds.length > 0 && { internet: publishers }),
      }),
      grant: ({ ask }, { region }, seenFrom) => ({
        endpoint: seenFrom === 'here' ? 'https://minio.minio.svc:9000' : `https://minio-${region.name}.minio.svc:9000`,
        bucket: ask.name,
      }),
      credential: (claim) => ({ accessKey: { value: userOf(claim) }, secretKey: { generate: 40 } }),
      keepsCredential: 'needs',
      resources: (claim, { region, writeRegion }) => holdingsOf(claim, { writes: writeRegion(claim.consumer) === region.name }),
    },
  },

  before: ({ region, peer }) => [serverCertificate(peer && region.name)],
  releases: ({ values: { replicas, storage, cpu, memory }, granted: { root, console }, claims }) => [
    release('minio', {
      chart: { name: 'minio', repository: 'https://charts.min.io/', version: '5.4.0' },
      workloads: [
        statefulSet('minio', {
          at: '',
          replicas,
          cpu,
          memory,
          memoryLimit: '2Gi',
          volume: storage,
          spread: 'required',
        }),
        job('minio-post-job', { once: true, at: { resources: 'makeUserJob.resources' }, replicas: 1, cpu: '10m', memory: '128Mi' }),
      ],
      values: {
        image: server,
        // The chart calls mc by a path that the image of mc alone does not have.
        mcImage: server,
        mode: 'distributed',
        existingSecret: root.secret,
        // Buckets and users are made by a Job after each upgrade; the servers need no restart for them.
        ignoreChartChecksums: true,
        persistence: { size: storage },
        tls: { enabled: true, certSecret: 'minio-tls', publicCrt: 'tls.crt', privateKey: 'tls.key' },
        trustedCertsSecret: 'minio-tls',
        affinity: {
          podAntiAffinity: {
            requiredDuringSchedulingIgnoredDuringExecution: [
              { topologyKey: 'kubernetes.io/hostname', labelSelector: { matchLabels: { app: 'minio', release: 'minio' } } },
            ],
          },
        },
        podDisruptionBudget: { enabled: true, maxUnavailable: 1 },
        podAnnotations: {
          'prometheus.io/scrape': 'true',
          'prometheus.io/scheme': 'https',
          'prometheus.io/port': '9000',
          'prometheus.io/path': '/minio/v2/metrics/cluster',
        },
        environment: { MINIO_BROWSER_REDIRECT_URL: console.url },
        buckets: bucketsOf(claims('bucket')),
        users: usersOf(claims('bucket')),
        policies: policiesOf(claims('bucket')),
        makeBucketJob: { resources: { requests: { cpu: '10m', memory: '32Mi' }, limits: { memory: '128Mi' } } },
        makePolicyJob: { resources: { requests: { cpu: '10m', memory: '32Mi' }, limits: { memory: '128Mi' } } },
      },
      keep: true,
    }),
  ],
  config: ({ values: { archiveAfterDays }, platform, region, granted: { root, archival, login, console }, claims }) => [
    ...caConfigMap(),
    ...backendPolicies(),
    login && loginJob(login, { root: root.secret, console: console.url }),
    archivalJob({
      provider: platform.archival,
      prefix: region.name,
      days: archiveAfterDays,
      buckets: bucketsOf(claims('bucket'), ({ tier }) => tier === true).map(({ name }) => name),
      secrets: { root: root.secret, archival: archival.secret },
    }),
  ],
  peer: ({ region, peer, granted: { root, guest, host: ours }, claims }) => [
    ...regionServices('minio', { selector: { app: 'minio', release: 'minio' }, ports: [{ name: 'https', port: 9000 }] }, { region, peer }),
    peer &&
      guest &&
      ours &&
      replicationJob({
        peer: peer.name,
        buckets: bucketsOf(claims('bucket'), ({ replicated }) => replicated === true).map(({ name }) => name),
        secrets: { root: root.secret, guest: guest.secret, ours: ours.secret },
      }),
  ],
})

const peerKey = { secretKey: generate(40) }
