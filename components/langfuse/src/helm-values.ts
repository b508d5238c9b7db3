import { type Grant, type HelmValues, platformCa } from '@openova/core'
import type { LangfuseValues } from './values.ts'

interface Granted {
  /** Whether the stores are written here. */
  here: boolean
  web: Grant<'host'>
  db: Grant<'database'>
  events: Grant<'analytics'>
  queue: Grant<'cache'>
  files: Grant<'bucket'>
  /** Where browsers reach MinIO. */
  filesUrl: string
  login: Grant<'client'> | undefined
  domain: string
  secrets: { settings: string; project: string; admin: string }
}

export function langfuseValues(values: LangfuseValues, granted: Granted): HelmValues {
  const { here, web, db, events, queue, files, filesUrl, secrets } = granted
  const filesKey = (key: string) => ({ secretKeyRef: { name: files.secret, key } })
  return {
    langfuse: {
      // What a part says of itself counts only above 0.
      replicas: here ? 1 : 0,
      salt: { secretKeyRef: { name: secrets.settings, key: 'salt' } },
      encryptionKey: { secretKeyRef: { name: secrets.settings, key: 'encryptionKey' } },
      nextauth: { url: web.url, secret: { secretKeyRef: { name: secrets.settings, key: 'nextauth' } } },
      features: { telemetryEnabled: false, signUpDisabled: !byLogin(values, granted) },
      logging: { format: 'json' },
      // CNPG calls that of the database after it.
      serviceAccount: { name: 'langfuse-web', automountServiceAccountToken: false },
      image: { tag: '4.4.0' },
      podSecurityContext: { runAsNonRoot: true, runAsUser: 1001, seccompProfile: { type: 'RuntimeDefault' } },
      securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
      deployment: { annotations: { 'reloader.stakater.com/auto': 'true' } },
      // Kyverno makes them where there is more than one pod.
      web: { pdb: { create: false } },
      worker: { pdb: { create: false } },
      additionalEnv: [...environment(values, granted), ...firstProject(values, granted)],
      extraVolumes: [platformCa.volume],
      extraVolumeMounts: [platformCa.mount],
    },
    postgresql: {
      deploy: false,
      host: db.host,
      port: db.port,
      args: 'sslmode=require',
      auth: { username: db.username, database: db.database, existingSecret: db.secret, secretKeys: { userPasswordKey: 'password' } },
    },
    redis: {
      deploy: false,
      host: queue.address.split(':')[0],
      auth: { existingSecret: queue.secret, existingSecretPasswordKey: 'password' },
    },
    clickhouse: {
      deploy: false,
      host: events.host,
      httpPort: events.httpPort,
      nativePort: events.port,
      database: events.database,
      auth: { username: events.username, existingSecret: events.secret, existingSecretKey: 'password' },
      cluster: { enabled: true },
    },
    s3: {
      deploy: false,
      bucket: files.bucket,
      region: 'us-east-1',
      endpoint: files.endpoint,
      forcePathStyle: true,
      accessKeyId: filesKey('accessKey'),
      secretAccessKey: filesKey('secretKey'),
      eventUpload: { prefix: 'events/' },
      batchExport: { prefix: 'exports/' },
      // Links to media go to browsers.
      mediaUpload: { prefix: 'media/', endpoint: filesUrl },
    },
  }
}

/** Whether people come by Keycloak, and by nothing else. */
const byLogin = ({ passwords }: LangfuseValues, { login }: Granted) => login !== undefined && !passwords

type Variable = { name: string; value: string } | { name: string; valueFrom: { secretKeyRef: { name: string; key: string } } }

function environment(values: LangfuseValues, granted: Granted): Variable[] {
  const { events, queue, filesUrl, login } = granted
  return [
    // The chart wants to be told the user; the Secret knows him.
    from('REDIS_USERNAME', queue.secret, 'username'),
    { name: 'REDIS_CONNECTION_STRING', value: `redis://$(REDIS_USERNAME):$(REDIS_PASSWORD)@${queue.address}/0` },
    { name: 'NODE_EXTRA_CA_CERTS', value: platformCa.file },
    { name: 'CLICKHOUSE_CLUSTER_NAME', value: events.cluster },
    { name: 'LANGFUSE_S3_BATCH_EXPORT_EXTERNAL_ENDPOINT', value: filesUrl },
    ...(login
      ? [
          { name: 'AUTH_KEYCLOAK_CLIENT_ID', value: login.clientId },
          from('AUTH_KEYCLOAK_CLIENT_SECRET', login.secret, 'clientSecret'),
          // What it learns there names the address for browsers itself.
          { name: 'AUTH_KEYCLOAK_ISSUER', value: login.internal },
          { name: 'AUTH_KEYCLOAK_ALLOW_ACCOUNT_LINKING', value: 'true' },
          { name: 'AUTH_DISABLE_USERNAME_PASSWORD', value: String(byLogin(values, granted)) },
          ...(values.newcomers === 'NONE'
            ? []
            : [
                { name: 'LANGFUSE_DEFAULT_ORG_ID', value: organization },
                { name: 'LANGFUSE_DEFAULT_ORG_ROLE', value: values.newcomers },
              ]),
        ]
      : []),
  ]
}

/** Made when the server starts, where it is not there yet: whoever traces has the keys of the project already. */
const firstProject = ({ organization: name }: LangfuseValues, { domain, secrets }: Granted): Variable[] => [
  { name: 'LANGFUSE_INIT_ORG_ID', value: organization },
  { name: 'LANGFUSE_INIT_ORG_NAME', value: name },
  { name: 'LANGFUSE_INIT_PROJECT_ID', value: 'llm-gateway' },
  { name: 'LANGFUSE_INIT_PROJECT_NAME', value: 'llm-gateway' },
  from('LANGFUSE_INIT_PROJECT_PUBLIC_KEY', secrets.project, 'publicKey'),
  from('LANGFUSE_INIT_PROJECT_SECRET_KEY', secrets.project, 'secretKey'),
  { name: 'LANGFUSE_INIT_USER_EMAIL', value: `langfuse@${domain}` },
  { name: 'LANGFUSE_INIT_USER_NAME', value: 'admin' },
  from('LANGFUSE_INIT_USER_PASSWORD', secrets.admin, 'password'),
]

const organization = 'openova'

const from = (name: string, secret: string, key: string): Variable => ({ name, valueFrom: { secretKeyRef: { name: secret, key } } })
