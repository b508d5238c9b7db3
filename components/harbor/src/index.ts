import {
  bucket,
  cache,
  client,
  database,
  defineComponent,
  generate,
  host,
  hostNames,
  optional,
  release,
  secret,
  template,
} from '@openova/core'
import { nodeService, tokenCertificate } from './entry.ts'
import { harborValues } from './helm-values.ts'
import { loginJob } from './login.ts'
import { projectsJob } from './projects.ts'
import { replicationJob } from './replication.ts'
import { values } from './values.ts'
import { workloads } from './workloads.ts'

export type { HarborValues } from './values.ts'
export { default as schema } from '../values.schema.json' with { type: 'json' }

/** Container registry with proxy caches, on MinIO; on CNPG and Valkey where they are chosen. */
export default defineComponent({
  name: 'harbor',
  tier: 'mandatory',
  category: 'registry',
  budget: 'storage',
  namespace: 'harbor',
  values,

  network: ({ platform, peer }) => ({
    // Each proxied registry, where it checks tokens, and where it keeps its layers.
    egress: [
      'hub.docker.com:443',
      'auth.docker.io:443',
      'registry-1.docker.io:443',
      'production.cloudflare.docker.com:443',
      'docker-images-prod.*.r2.cloudflarestorage.com:443',
      'ghcr.io:443',
      'pkg-containers.githubusercontent.com:443',
      'quay.io:443',
      '*.quay.io:443',
      'registry.k8s.io:443',
      '*.pkg.dev:443',
      'prod-registry-k8s-io-*.s3.dualstack.*.amazonaws.com:443',
      // Its tokens are bound to the outside address, so replication goes there.
      ...(peer ? [`${hostNames('harbor', peer.code, platform.domain).regionName}:443`] : []),
    ],
    // containerd comes through the NodePort.
    nodes: [8080],
    metrics: [8001],
  }),
  metrics: [
    {
      name: 'Parts that are down',
      expr: 'count(harbor_up == 0)',
      unit: 'parts',
      above: 0,
      for: '5m',
      action: 'The label `component` says which; core is down when its database, the registry when MinIO is away.',
    },
    {
      name: 'Failed requests',
      expr: 'sum(rate(harbor_core_http_request_total{code=~"5.."}[5m]))',
      unit: 'req/s',
      above: 1,
      for: '5m',
      action: 'Read the log of harbor-core; the registry answers 5xx when MinIO or the database is away.',
    },
    {
      name: 'Waiting replications',
      expr: 'sum(harbor_task_queue_size{type="REPLICATION"})',
      unit: 'tasks',
      above: 100,
      for: '30m',
      action: "Look at Replications in the portal: the other region's Harbor is away, or its robot account has another secret.",
    },
    {
      name: 'Oldest waiting task',
      expr: 'max(harbor_task_queue_latency)',
      unit: 's',
      above: 3600,
      for: '15m',
      action: 'Raise `jobReplicas`, or look at the log of harbor-jobservice.',
    },
  ],

  needs: ({ region, peer, has }) => ({
    web: host({
      name: 'harbor',
      service: 'harbor',
      port: 80,
      waf: { off: 'Layers of any size are pushed in one body; the WAF would hold them all in memory.' },
    }),
    images: bucket({
      name: 'harbor-registry',
      secret: (s3) => ({ REGISTRY_STORAGE_S3_ACCESSKEY: s3.accessKey, REGISTRY_STORAGE_S3_SECRETKEY: s3.secretKey }),
    }),
    db: optional(database({ name: 'registry', scope: 'regional' })),
    redis: optional(
      cache({ scope: 'regional', secret: (valkey) => ({ REDIS_USERNAME: valkey.username, REDIS_PASSWORD: valkey.password }) }),
    ),
    login: optional(
      client({ name: 'harbor', returnsTo: [{ host: 'harbor', paths: ['/c/oidc/callback'] }], roles: ['admin'], before: 'config' }),
    ),
    admin: secret('admin', { HARBOR_ADMIN_PASSWORD: generate(24) }),
    core: secret('core', { secret: generate(16), secretKey: generate(16), CSRF_KEY: generate(32) }),
    jobservice: secret('jobservice', { JOBSERVICE_SECRET: generate(16) }),
    registry: secret('registry', {
      REGISTRY_HTTP_SECRET: generate(16),
      REGISTRY_PASSWD: generate(24),
      REGISTRY_HTPASSWD: template('{{ htpasswd "harbor_registry_user" .REGISTRY_PASSWD }}'),
    }),
    internalDb: !has('cnpg') && secret('internal-database', { password: generate(24) }),
    // The robot account of the other region here, and ours there.
    guest: peer && secret(`replication-${region.name}`, robotKey, { scope: 'shared', origin: region.name, before: 'config' }),
    ours: peer && secret(`replication-${peer.name}`, robotKey, { scope: 'shared', origin: peer.name, before: 'config' }),
  }),

  before: () => [tokenCertificate()],
  releases: ({ values, granted: { web, images, db, redis, admin, core, jobservice, registry, internalDb } }) => [
    release('harbor', {
      chart: { name: 'harbor', repository: 'https://helm.goharbor.io', version: '1.19.1' },
      workloads: workloads(values, { database: db === undefined, redis: redis === undefined }),
      values: harborValues(values, {
        url: web.regionUrl,
        images,
        db,
        redis,
        secrets: {
          admin: admin.secret,
          core: core.secret,
          jobservice: jobservice.secret,
          registry: registry.secret,
          database: db?.secret ?? internalDb?.secret,
        },
      }),
      // Core migrates its database at the start, which may take long.
      timeout: 30,
    }),
  ],
  config: ({ values: { projects, proxyCaches }, granted: { admin, login } }) => [
    nodeService(),
    projectsJob({ projects, proxyCaches, admin: admin.secret }),
    login && loginJob(login, admin.secret),
  ],
  peer: ({ values: { projects }, peer, granted: { admin, web, guest, ours } }) => [
    peer &&
      web.peer &&
      guest &&
      ours &&
      replicationJob({
        peer: peer.name,
        url: web.peer.regionUrl,
        projects: ['library', ...projects],
        secrets: { admin: admin.secret, guest: guest.secret, ours: ours.secret },
      }),
  ],
})

const robotKey = { secret: generate(32) }
