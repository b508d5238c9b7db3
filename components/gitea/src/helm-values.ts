import { type Grant, type HelmValues, hostNames, type Platform, platformCa, type Region } from '@openova/core'
import type { GiteaValues } from './values.ts'

interface Granted {
  platform: Platform
  region: Region
  web: Grant<'host'>
  files: Grant<'bucket'>
  db?: Grant<'database'>
  redis?: Grant<'cache'>
  login?: Grant<'client'>
  secrets: { admin: string; keys: string; runner: string }
}

export function giteaValues({ storage, registration, ssh }: GiteaValues, granted: Granted): HelmValues {
  const { platform, region, web, files, db, redis, login, secrets } = granted
  const redisUrl = redis && `redis://$(REDIS_USERNAME):$(REDIS_PASSWORD)@${redis.address}/0`
  return {
    // One pod on one volume: the old one goes before the new one comes.
    strategy: { type: 'Recreate' },
    persistence: { size: storage },
    'postgresql-ha': { enabled: false },
    'valkey-cluster': { enabled: false },
    test: { enabled: false },
    podSecurityContext: { fsGroup: 1000, runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: 'RuntimeDefault' } },
    containerSecurityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
    service: { http: { clusterIP: '' }, ssh: ssh ? sshService(platform, region) : { clusterIP: '' } },
    deployment: {
      env: [
        // MinIO is known by the platform CA, everybody else by the image's own.
        { name: 'SSL_CERT_DIR', value: `/etc/ssl/certs:${platformCa.mount.mountPath}` },
        fromSecret('GITEA_RUNNER_REGISTRATION_TOKEN', { name: secrets.runner, key: 'token' }),
      ],
    },
    extraVolumes: [platformCa.volume],
    extraContainerVolumeMounts: [platformCa.mount],
    extraInitVolumeMounts: [platformCa.mount],
    gitea: {
      admin: { existingSecret: secrets.admin, email: `gitea@${platform.domain}` },
      metrics: { enabled: true },
      additionalConfigFromEnvs: [
        fromSecret('GITEA__SECURITY__SECRET_KEY', { name: secrets.keys, key: 'SECRET_KEY' }),
        ...['MINIO_ACCESS_KEY_ID', 'MINIO_SECRET_ACCESS_KEY'].map((key) =>
          fromSecret(`GITEA__STORAGE__${key}`, { name: files.secret, key }),
        ),
        ...(db ? [fromSecret('GITEA__DATABASE__PASSWD', { name: db.secret, key: 'password' })] : []),
        ...(redis && redisUrl
          ? [
              ...['REDIS_USERNAME', 'REDIS_PASSWORD'].map((key) => fromSecret(key, { name: redis.secret, key })),
              ...['CACHE__HOST', 'SESSION__PROVIDER_CONFIG', 'QUEUE__CONN_STR'].map((key) => ({ name: `GITEA__${key}`, value: redisUrl })),
            ]
          : []),
      ],
      config: {
        server: {
          DOMAIN: web.name,
          ROOT_URL: `${web.url}/`,
          DISABLE_SSH: !ssh,
          START_SSH_SERVER: ssh,
          SSH_DOMAIN: sshName(platform, region),
          SSH_PORT: sshPort(platform),
        },
        database: db
          ? { DB_TYPE: 'postgres', HOST: `${db.host}:${db.port}`, NAME: db.database, USER: db.username, SSL_MODE: 'require' }
          : { DB_TYPE: 'sqlite3', SQLITE_JOURNAL_MODE: 'WAL' },
        cache: { ADAPTER: redis ? 'redis' : 'memory' },
        // In the database, so that nobody is logged out by a restart.
        session: { PROVIDER: redis ? 'redis' : 'db', COOKIE_SECURE: true },
        queue: { TYPE: redis ? 'redis' : 'level' },
        // Large files, packages, avatars, attachments, logs and artifacts of Actions.
        storage: {
          STORAGE_TYPE: 'minio',
          MINIO_ENDPOINT: new URL(files.endpoint).host,
          MINIO_BUCKET: files.bucket,
          MINIO_LOCATION: 'us-east-1',
          MINIO_USE_SSL: true,
          SERVE_DIRECT: false,
        },
        service: { DISABLE_REGISTRATION: !registration },
        // Who comes from Keycloak has an account from then on; the admin keeps a password of Gitea's own.
        oauth2_client: login && { ENABLE_AUTO_REGISTRATION: true, USERNAME: 'preferred_username', ACCOUNT_LINKING: 'login' },
        openid: { ENABLE_OPENID_SIGNIN: false, ENABLE_OPENID_SIGNUP: false },
        actions: { ENABLED: true },
        picture: { DISABLE_GRAVATAR: true },
        'cron.update_checker': { ENABLED: false },
      },
    },
  }
}

/** Port 22 of a node is the node's own, so where addresses of nodes are used, Git has another. */
const sshPort = ({ loadBalancer }: Platform) => (loadBalancer === 'k8gb' ? 2222 : 22)
const sshName = ({ domain }: Platform, { code }: Region) => hostNames('gitea-ssh', code, domain).regionName

function sshService(platform: Platform, region: Region) {
  const { loadBalancer, provider } = platform
  return {
    type: 'LoadBalancer',
    clusterIP: '',
    port: sshPort(platform),
    loadBalancerClass: loadBalancer === 'k8gb' ? 'io.cilium/node' : undefined,
    annotations: {
      'external-dns.alpha.kubernetes.io/hostname': sshName(platform, region),
      ...(loadBalancer === 'cloud' && provider === 'hetzner' ? hetznerLoadBalancer(region) : {}),
    },
  }
}

function hetznerLoadBalancer({ clusterName, location }: Region): Record<string, string> {
  return {
    'load-balancer.hetzner.cloud/name': `${clusterName}-gitea-ssh`,
    'load-balancer.hetzner.cloud/location': ['fsn', 'nbg', 'hel'].includes(location) ? `${location}1` : location,
    'load-balancer.hetzner.cloud/use-private-ip': 'true',
  }
}

const fromSecret = (name: string, secretKeyRef: { name: string; key: string }) => ({ name, valueFrom: { secretKeyRef } })
