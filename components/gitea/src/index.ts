import {
  bucket,
  cache,
  client,
  database,
  defineComponent,
  deployment,
  generate,
  host,
  optional,
  platformCa,
  regionServices,
  release,
  secret,
  supply,
  template,
} from '@openova/core'
import { adminName, mirrorUserJob } from './accounts.ts'
import { loginJob } from './login.ts'
import { giteaValues } from './helm-values.ts'
import { isMirrored, platformMirrorJob, platformOpening } from './mirror.ts'
import { actionsRunner } from './runner.ts'
import { syncJob } from './sync.ts'
import { values } from './values.ts'

export type { GiteaValues } from './values.ts'
export { default as schema } from '../values.schema.json' with { type: 'json' }

/** Git server and Actions; between the regions branches and tags move forward, never back. */
export default defineComponent({
  name: 'gitea',
  tier: 'mandatory',
  category: 'gitops',
  budget: 'git',
  namespace: {
    name: 'gitea',
    podSecurity: 'privileged',
    reason: 'The Actions runner starts the containers of its jobs by a Docker daemon of its own, rootless but in a privileged container.',
  },
  values,

  network: {
    // Where jobs find actions and images; what else they fetch is opened by a policy in this namespace.
    egress: [
      'gitea.com:443',
      'github.com:443',
      'codeload.github.com:443',
      'raw.githubusercontent.com:443',
      'objects.githubusercontent.com:443',
      'release-assets.githubusercontent.com:443',
      'docker.gitea.com:443',
      'auth.docker.io:443',
      'registry-1.docker.io:443',
      'production.cloudflare.docker.com:443',
      'docker-images-prod.*.r2.cloudflarestorage.com:443',
    ],
    metrics: [3000],
    peer: [3000],
    world: [{ port: 2222, protocol: 'TCP' }],
  },
  metrics: [
    {
      name: 'Repositories',
      expr: 'max(gitea_repositories)',
      unit: 'repositories',
      for: '10m',
      action: 'None at all means that the server does not answer: look at its pod, its volume and, with cnpg, its database.',
    },
    {
      name: 'Server away',
      expr: 'absent(gitea_repositories)',
      unit: 'servers',
      above: 0,
      for: '10m',
      action: 'Look at the pod in namespace gitea; it waits for its volume, for MinIO and, with cnpg, for its database.',
    },
    {
      name: 'Syncs between the regions that failed',
      expr: 'sum(kube_job_status_failed{namespace="gitea",job_name=~"sync-.*"})',
      unit: 'runs',
      above: 0,
      for: '30m',
      action:
        'Read the log of the newest Job `sync-*`: refs that `diverged` are merged by hand, on one side; a push that was refused wants user `mirror` among those who may push.',
    },
    {
      name: 'Time since the regions were equal',
      expr: 'max((time() - kube_cronjob_status_last_successful_time{namespace="gitea",cronjob="sync"}) unless on(namespace, cronjob) (kube_cronjob_spec_suspend{namespace="gitea",cronjob="sync"} == 1))',
      unit: 's',
      above: 3600,
      for: '10m',
      action: 'The same; or the CronJob `sync` does not start: look at its events.',
    },
  ],

  needs: ({ platform, region, peer, values }) => ({
    web: host({
      name: 'gitea',
      service: 'gitea-http',
      port: 3000,
      waf: { off: 'Git pushes and packages come in bodies of any size; the WAF would hold them all in memory.' },
    }),
    files: bucket({
      name: 'gitea',
      secret: (s3) => ({ MINIO_ACCESS_KEY_ID: s3.accessKey, MINIO_SECRET_ACCESS_KEY: s3.secretKey }),
    }),
    db: optional(database({ name: 'gitea', scope: 'regional' })),
    redis: optional(
      cache({ scope: 'regional', secret: (valkey) => ({ REDIS_USERNAME: valkey.username, REDIS_PASSWORD: valkey.password }) }),
    ),
    login: optional(
      client({
        name: 'gitea',
        returnsTo: [{ host: 'gitea', paths: ['/user/oauth2/keycloak/callback'] }],
        roles: ['admin'],
        before: 'config',
      }),
    ),
    admin: secret('admin', { username: template(adminName), password: generate(32) }),
    keys: secret('keys', { SECRET_KEY: generate(64) }),
    runner: secret('runner', { token: generate(40) }),
    git:
      isMirrored(platform, values) &&
      values.mirror.credential &&
      secret(
        'platform-git',
        { username: supply(`User who may read ${platform.git.url}`), password: supply('Access token of that user, for reading only') },
        { before: 'config' },
      ),
    // User `mirror` of this side, whom the other lets in as well, and the one of the other side.
    here: peer && secret(`mirror-${region.name}`, mirrorKey, { scope: 'shared', origin: region.name, before: 'config' }),
    there: peer && secret(`mirror-${peer.name}`, mirrorKey, { scope: 'shared', origin: peer.name, before: 'config' }),
  }),

  check: ({ platform, values }) => [
    values.mirror.enabled &&
      !isMirrored(platform, values) && {
        at: 'mirror.enabled',
        severity: 'warning',
        message: `Unexpected mirror of \`${platform.git.url}\`, expected an address with https: Gitea fetches by no other way`,
        fix: 'set `mirror.enabled: false`, or give `git.url` by https',
      },
  ],

  before: ({ platform, values }) => [
    platformCa.certificate('gitea-http.gitea.svc'),
    isMirrored(platform, values) && platformOpening(platform),
  ],
  releases: ({ values, platform, region, granted: { web, files, db, redis, login, admin, keys, runner } }) => [
    release('gitea', {
      chart: { name: 'gitea', repository: 'oci://docker.gitea.com/charts/gitea', version: '12.6.0' },
      workloads: [
        deployment('gitea', {
          at: { replicas: 'replicaCount', resources: 'resources' },
          replicas: 1,
          cpu: '150m',
          memory: values.memory,
          memoryLimit: '2Gi',
          volume: values.storage,
        }),
      ],
      values: giteaValues(values, {
        platform,
        region,
        web,
        files,
        db,
        redis,
        login,
        secrets: { admin: admin.secret, keys: keys.secret, runner: runner.secret },
      }),
    }),
  ],
  config: ({ values, platform, granted: { admin, runner, git, here, login } }) => [
    ...actionsRunner(values.runner, runner.secret),
    here && mirrorUserJob({ domain: platform.domain, admin: admin.secret, password: here.secret }),
    ...(login ? loginJob(login) : []),
    isMirrored(platform, values) &&
      platformMirrorJob({ url: platform.git.url, interval: values.mirror.interval, admin: admin.secret, credential: git?.secret }),
  ],
  peer: ({ values, region, peer, writeRegion, granted: { here, there } }) => [
    ...regionServices(
      'gitea',
      {
        selector: { 'app.kubernetes.io/name': 'gitea', 'app.kubernetes.io/instance': 'gitea' },
        ports: [{ name: 'http', port: 3000 }],
      },
      { region, peer },
    ),
    ...(peer && here && there
      ? syncJob({
          here: region.name,
          there: peer.name,
          schedule: values.sync.schedule,
          suspend: writeRegion('gitea') !== region.name,
          secrets: { here: here.secret, there: there.secret },
        })
      : []),
  ],
})

const mirrorKey = { password: generate(32) }
