import {
  bucket,
  cache,
  client,
  defineComponent,
  documents,
  gatewayOpening,
  generate,
  host,
  hostNames,
  llm,
  optional,
  secret,
  template,
} from '@openova/core'
import { chatConfig, llmKey } from './chat-config.ts'
import { adminRole, callback } from './environment.ts'
import { serversOutside, toolsOpening } from './opening.ts'
import { port, server } from './server.ts'
import { values } from './values.ts'

export type { LibrechatValues } from './values.ts'
export { default as schema } from '../values.schema.json' with { type: 'json' }

/** Chat with language models: plain chats through the rails where they are chosen, agents with tools straight to the gateway. */
export default defineComponent({
  name: 'librechat',
  tier: 'a-la-carte',
  category: 'ai-ml',
  namespace: 'librechat',
  values,

  network: ({ values: { agents, mcpServers }, platform, region, has }) => ({
    egress: [
      `${hostNames('minio', region.code, platform.domain).regionName}:443`,
      ...(has('keycloak') ? [`${hostNames('auth', region.code, platform.domain).name}:443`] : []),
      ...(agents ? serversOutside(mcpServers) : []),
    ],
    ...(has('nemo-guardrails') && { calls: [{ to: 'nemo-guardrails', ports: [8000] }] }),
  }),
  metrics: [
    {
      name: 'Pods that are down',
      expr: 'max(kube_deployment_status_replicas_unavailable{namespace="librechat",deployment="librechat"})',
      unit: 'pods',
      above: 0,
      for: '10m',
      action: 'Read their log: they want FerretDB at the start, and a `librechat.yaml` without mistakes.',
    },
    {
      name: 'Restarts',
      expr: 'sum(increase(kube_pod_container_status_restarts_total{namespace="librechat"}[1h]))',
      unit: 'restarts',
      above: 3,
      for: '5m',
      action:
        'They take more memory than they may, or their probes find them hanging on FerretDB or MinIO: `kubectl describe pod` says which.',
    },
  ],

  needs: {
    web: host({
      name: 'chat',
      service: 'librechat',
      port,
      waf: { off: 'Answers are streams, files are uploaded, and questions hold code of every kind, which the WAF takes for attacks.' },
    }),
    models: llm({ secret: (key) => ({ [llmKey]: key.apiKey }) }),
    documents: documents({
      name: 'librechat',
      secret: (db) => ({
        MONGO_URI: `mongodb://${db.username}:${db.password}@${db.host}:27017/${db.database}?authMechanism=SCRAM-SHA-256`,
      }),
    }),
    files: bucket({
      name: 'librechat',
      replicated: true,
      secret: (s3) => ({ AWS_ACCESS_KEY_ID: s3.accessKey, AWS_SECRET_ACCESS_KEY: s3.secretKey }),
    }),
    redis: optional(cache({ scope: 'regional' })),
    login: optional(
      client({
        name: 'librechat',
        returnsTo: [{ host: 'chat', paths: [callback] }],
        roles: [adminRole],
        secret: (oidc) => ({ OPENID_CLIENT_SECRET: oidc.clientSecret }),
      }),
    ),
    // Digests have the hexadecimal digits that it wants of its two keys.
    credentials: secret(
      'credentials',
      {
        seed: generate(64),
        vector: generate(64),
        CREDS_KEY: template('{{ .seed | sha256sum }}'),
        CREDS_IV: template('{{ .vector | sha256sum | trunc 32 }}'),
        JWT_SECRET: generate(64),
        JWT_REFRESH_SECRET: generate(64),
        OPENID_SESSION_SECRET: generate(64),
      },
      { scope: 'shared' },
    ),
  },

  check: ({ values: { replicas }, has }) => [
    !has('nemo-guardrails') && {
      at: '',
      severity: 'warning',
      message: 'Unexpected chat without nemo-guardrails, expected rails between people and models: nothing is judged, nothing is masked',
      fix: 'add nemo-guardrails to the components',
    },
    replicas > 1 &&
      !has('valkey') && {
        at: 'replicas',
        severity: 'warning',
        message: `Unexpected ${replicas} pods without valkey, expected a store in which they know of each other's answers: there will be one`,
        fix: 'add valkey, or set `replicas: 1`',
      },
  ],

  before: ({ values: { agents, mcpServers } }) => [gatewayOpening(), agents && toolsOpening(mcpServers)],
  install: ({ values, platform, region, has, granted: { web, models, documents: db, files, redis, login, credentials } }) =>
    server(values, {
      config: chatConfig(values, { llm: models, rails: has('nemo-guardrails'), login: login !== undefined }),
      web,
      llm: models,
      documents: db,
      files,
      filesUrl: `https://${hostNames('minio', region.code, platform.domain).regionName}`,
      redis,
      login,
      credentials: credentials.secret,
    }),
})
