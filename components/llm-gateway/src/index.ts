import {
  cache,
  client,
  database,
  defineComponent,
  deployment,
  generate,
  host,
  job,
  optional,
  release,
  secret,
  template,
} from '@openova/core'
import { problemsOf } from './check.ts'
import { gatewayValues } from './helm-values.ts'
import { keysJob } from './job.ts'
import { chatModels } from './models.ts'
import { clusterOpening, providerHosts, providerKeys } from './outside.ts'
import { values } from './values.ts'

export type { LlmGatewayValues } from './values.ts'
export { default as schema } from '../values.schema.json' with { type: 'json' }

/** One address for all language models, as OpenAI and Anthropic speak: a key for each caller, with budgets, limits and a trace of every call. */
export default defineComponent({
  name: 'llm-gateway',
  tier: 'a-la-carte',
  category: 'ai-ml',
  namespace: 'llm-gateway',
  values,

  network: ({ values: { models }, has, peer }) => ({
    egress: providerHosts(models),
    metrics: [4000],
    calls: [
      ...(has('vllm') ? [{ to: 'vllm' as const, ports: [8080] }] : []),
      ...(has('bge') ? [{ to: 'bge' as const, ports: [8080] }] : []),
      ...(has('langfuse') ? [{ to: 'langfuse' as const, ports: [3000] }] : []),
    ],
    ...(peer && has('langfuse') && { callsPeer: [{ to: 'langfuse', ports: [3000] }] }),
  }),
  metrics: [
    {
      name: 'Failed calls',
      expr: 'sum(rate(litellm_proxy_failed_requests_metric_total[5m])) / sum(rate(litellm_proxy_total_requests_metric_total[5m]))',
      unit: 'of all',
      above: 0.01,
      for: '5m',
      action: 'The label `exception_class` says why: a budget or limit that is used up, a key that is not known, or a model that is away.',
    },
    {
      name: 'Models that are down',
      expr: 'count(litellm_deployment_state == 2)',
      unit: 'models',
      above: 0,
      for: '5m',
      action: 'The label `litellm_model_name` says which: look at its pods, or at the provider; the log of the gateway holds its answer.',
    },
    {
      name: 'Time of a call, p95',
      expr: 'histogram_quantile(0.95, sum by (le) (rate(litellm_request_total_latency_metric_bucket[5m])))',
      unit: 's',
      above: 10,
      for: '5m',
      action: 'Compare with the time of the model alone: it waits for GPUs, or the gateway for CPU and its database.',
    },
  ],

  needs: ({
    values: { models, keys },
    platform: {
      regions: [origin],
    },
    has,
  }) => ({
    web: host({
      name: 'llm-gateway',
      service: 'litellm',
      port: 4000,
      waf: { off: 'Answers are streams, and questions hold code and markup of every kind, which the WAF takes for attacks.' },
    }),
    db: database({ name: 'litellm', scope: 'replicated' }),
    redis: optional(cache({ scope: 'regional' })),
    login: optional(client({ name: 'llm-gateway', returnsTo: [{ host: 'llm-gateway', paths: ['/sso/callback'] }] })),
    master: secret('master', { token: generate(48), masterkey: template('sk-{{ .token }}') }, { scope: 'shared' }),
    settings: secret('settings', { salt: generate(48), username: template('admin'), password: generate(32) }, { scope: 'shared' }),
    providers: Object.keys(providerKeys(models)).length > 0 && secret('providers', providerKeys(models)),
    vllm: has('vllm') && secret('vllm', { apiKey: template('{{ .VLLM_API_KEY }}') }, { path: 'region/vllm/api-key', readOnly: true }),
    traces:
      has('langfuse') &&
      secret(
        'langfuse',
        { publicKey: template('pk-lf-{{ .public }}'), secretKey: template('sk-lf-{{ .secret }}') },
        { scope: 'shared', path: `shared/${origin}/langfuse/project`, readOnly: true },
      ),
    ...Object.fromEntries(
      keys.map(({ name }) => [
        `key-${name}`,
        secret(keySecret(name), { token: generate(48), apiKey: template('sk-{{ .token }}') }, { scope: 'shared' }),
      ]),
    ),
  }),

  check: problemsOf,

  serves: {
    llm: {
      // Keys are known by then.
      ready: 'setup',
      opens: { atOwner: [4000] },
      grant: (_, { values, has }) => ({ url: 'http://litellm.llm-gateway.svc:4000', models: chatModels(values, has) }),
      credential: () => ({ token: { generate: 48 }, apiKey: { value: 'sk-{{ .token }}' } }),
      // The database that knows the keys is the same for both regions.
      credentialScope: (_, { peer }) => (peer ? 'shared' : 'region'),
      keepsCredential: 'needs',
    },
  },

  before: ({ values: { models } }) => [clusterOpening(models)],
  releases: ({ values, region, peer, has, writeRegion, granted: { web, db, redis, login, master, settings, providers, vllm, traces } }) => [
    release('litellm', {
      chart: { name: 'litellm-helm', repository: 'oci://ghcr.io/berriai', version: '1.103.2' },
      workloads: [
        deployment('litellm', {
          at: { replicas: 'replicaCount', resources: 'resources' },
          replicas: values.replicas,
          cpu: '250m',
          memory: '640Mi',
          memoryLimit: '2Gi',
          spread: 'preferred',
        }),
        writeRegion('llm-gateway') === region.name &&
          job('litellm-migrations', {
            once: true,
            at: { resources: 'migrationJob.resources' },
            replicas: 1,
            cpu: '100m',
            memory: '512Mi',
            memoryLimit: '1Gi',
          }),
      ],
      values: gatewayValues(values, {
        has,
        migrates: writeRegion('llm-gateway') === region.name,
        traces: traces && { url: `http://langfuse-web${peer ? '-write' : ''}.langfuse.svc:3000`, secret: traces.secret },
        web,
        db,
        redis,
        login,
        secrets: { master: master.secret, settings: settings.secret, providers: providers?.secret, vllm: vllm?.secret },
      }),
    }),
  ],
  setup: ({ values: { keys }, region, claims, writeRegion, granted: { master } }) => {
    const given = claims('llm').map(({ consumer, key, ask, credential }) => ({
      alias: `${consumer}/${key}`,
      secret: credential,
      models: [...(ask.models ?? [])],
    }))
    const listed = keys.map(({ name, ...limits }) => ({ alias: name, secret: keySecret(name), ...limits }))
    return [writeRegion('llm-gateway') === region.name && keysJob([...given, ...listed], { master: master.secret })]
  },
})

const keySecret = (name: string) => `key-${name}`
