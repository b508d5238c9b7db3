import type { ComponentName, Grant, HelmValues } from '@openova/core'
import { keyNameOf, modelsOf, variableOf, vllmKey } from './models.ts'
import type { LlmGatewayValues } from './values.ts'

interface Granted {
  has: (name: ComponentName) => boolean
  /** Whether the schema of the database is made here. */
  migrates: boolean
  /** Where traces go, and the Secret with the project's keys. */
  traces: { url: string; secret: string } | undefined
  web: Grant<'host'>
  db: Grant<'database'>
  redis: Grant<'cache'> | undefined
  login: Grant<'client'> | undefined
  secrets: { master: string; settings: string; providers: string | undefined; vllm: string | undefined }
}

/** Runs as nobody; the images without `non_root` in their name do not. */
const image = { repository: 'ghcr.io/berriai/litellm-non_root', tag: 'v1.103.2', pullPolicy: 'IfNotPresent' }

export function gatewayValues(values: LlmGatewayValues, granted: Granted): HelmValues {
  const { migrates, web, db, secrets } = granted
  return {
    image,
    masterkeySecretName: secrets.master,
    masterkeySecretKey: 'masterkey',
    db: {
      useExisting: true,
      deployStandalone: false,
      endpoint: `${db.host}:${db.port}`,
      database: db.database,
      url: 'postgresql://$(DATABASE_USERNAME):$(DATABASE_PASSWORD)@$(DATABASE_HOST)/$(DATABASE_NAME)?sslmode=require',
      secret: { name: db.secret, usernameKey: 'username', passwordKey: 'password' },
    },
    migrationJob: {
      enabled: migrates,
      hooks: { argocd: { enabled: false }, helm: { enabled: true } },
    },
    envVars: {
      PROXY_BASE_URL: web.url,
      // Prices of models come with the image, not from the internet.
      LITELLM_LOCAL_MODEL_COST_MAP: 'True',
      // Some servers want no key, but LiteLLM insists on sending one.
      [noKey]: 'none',
      ...(!migrates && { DISABLE_SCHEMA_UPDATE: 'true' }),
      ...(!values.ui && { DISABLE_ADMIN_UI: 'True' }),
      ...(granted.redis && redisEnv(granted.redis)),
      ...(granted.login && loginEnv(granted.login)),
      ...(granted.traces && { LANGFUSE_OTEL_HOST: granted.traces.url }),
    },
    extraEnvVars: secretEnv(values, granted),
    proxy_config: proxyConfig(values, granted),
    podAnnotations: { 'prometheus.io/scrape': 'true', 'prometheus.io/port': '4000', 'prometheus.io/path': '/metrics/' },
    deploymentAnnotations: { 'reloader.stakater.com/auto': 'true' },
    podSecurityContext: { runAsNonRoot: true, runAsUser: 65534, seccompProfile: { type: 'RuntimeDefault' } },
    securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
    // A call that streams may take as long as it likes while its pod goes.
    terminationGracePeriodSeconds: values.timeout + 30,
    strategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } },
    topologySpreadConstraints: [
      {
        maxSkew: 1,
        topologyKey: 'kubernetes.io/hostname',
        whenUnsatisfiable: 'ScheduleAnyway',
        labelSelector: { matchLabels: { 'app.kubernetes.io/name': 'litellm' } },
      },
    ],
  }
}

const noKey = 'NO_KEY'

function proxyConfig(values: LlmGatewayValues, { has, traces, redis }: Granted): HelmValues {
  const { budget, timeout, tracePrompts } = values
  return {
    model_list: modelsOf(values, has).map(({ name, mode, model, address, key }) => ({
      model_name: name,
      litellm_params: { model, api_base: address, api_key: `os.environ/${key ?? noKey}` },
      model_info: { mode },
    })),
    litellm_settings: {
      callbacks: ['prometheus', ...(traces ? ['langfuse_otel'] : [])],
      turn_off_message_logging: traces && !tracePrompts ? true : undefined,
      // Clients send what their favourite model knows; the others get the rest.
      drop_params: true,
      request_timeout: timeout,
      num_retries: 2,
      max_budget: budget.amount || undefined,
      budget_duration: budget.amount > 0 ? `${budget.days}d` : undefined,
    },
    router_settings: redis && {
      redis_host: 'os.environ/REDIS_HOST',
      redis_port: 'os.environ/REDIS_PORT',
      redis_password: 'os.environ/REDIS_PASSWORD',
    },
    general_settings: {
      master_key: 'os.environ/PROXY_MASTER_KEY',
      store_model_in_db: true,
      database_connection_pool_limit: 10,
      proxy_batch_write_at: 30,
    },
  }
}

function redisEnv({ address }: Grant<'cache'>): Record<string, string> {
  const [host = '', port = ''] = address.split(':')
  return { REDIS_HOST: host, REDIS_PORT: port }
}

function loginEnv({ clientId, issuer, internal }: Grant<'client'>): Record<string, string> {
  const path = 'protocol/openid-connect'
  return {
    GENERIC_CLIENT_ID: clientId,
    GENERIC_AUTHORIZATION_ENDPOINT: `${issuer}/${path}/auth`,
    GENERIC_TOKEN_ENDPOINT: `${internal}/${path}/token`,
    GENERIC_USERINFO_ENDPOINT: `${internal}/${path}/userinfo`,
    GENERIC_SCOPE: 'openid profile email',
  }
}

function secretEnv({ models }: LlmGatewayValues, { traces, redis, login, secrets }: Granted) {
  const from = (secret: string | undefined, keys: Readonly<Record<string, string>>) =>
    secret === undefined ? [] : Object.entries(keys).map(([name, key]) => ({ name, valueFrom: { secretKeyRef: { name: secret, key } } }))
  const providerKeys = models.filter(({ authenticated }) => authenticated).map(keyNameOf)
  return [
    ...from(secrets.settings, { LITELLM_SALT_KEY: 'salt', UI_USERNAME: 'username', UI_PASSWORD: 'password' }),
    ...from(secrets.providers, Object.fromEntries(providerKeys.map((name) => [variableOf(name), name]))),
    ...from(secrets.vllm, { [vllmKey]: 'apiKey' }),
    ...from(redis?.secret, { REDIS_USERNAME: 'username', REDIS_PASSWORD: 'password' }),
    ...from(traces?.secret, { LANGFUSE_PUBLIC_KEY: 'publicKey', LANGFUSE_SECRET_KEY: 'secretKey' }),
    ...from(login?.secret, { GENERIC_CLIENT_SECRET: 'clientSecret' }),
  ]
}
