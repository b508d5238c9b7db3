import bge from '@openova/bge'
import { defineProduct, llm, secret, supply, template, use } from '@openova/core'
import knative from '@openova/knative'
import kserve from '@openova/kserve'
import langfuse from '@openova/langfuse'
import librechat from '@openova/librechat'
import llmGateway from '@openova/llm-gateway'
import milvus from '@openova/milvus'
import nemoGuardrails from '@openova/nemo-guardrails'
import neo4j from '@openova/neo4j'
import vllm from '@openova/vllm'
import { adapter, address } from './adapter.ts'
import { retrieval, toolAddress } from './retrieval.ts'
import { port } from './service.ts'
import { values } from './values.ts'

export type { CortexValues } from './values.ts'
export { default as schema } from '../values.schema.json' with { type: 'json' }

/** Models of language on the platform's own GPUs: a chat behind rails, one gateway with keys and budgets, retrieval, and a trace of every call. */
export default defineProduct({
  name: 'cortex',
  tier: 'product',
  category: 'ai-ml',
  namespace: 'cortex',
  values,

  bundles: [
    use(llmGateway, {
      models: [{ name: 'claude', provider: 'openai-compatible', model: 'claude-sonnet-4-5', address, authenticated: false, mode: 'chat' }],
    }),
    use(knative),
    use(kserve),
    use(vllm),
    use(milvus),
    use(neo4j),
    use(librechat, { mcpServers: [{ name: 'search', url: toolAddress }] }),
    use(bge),
    use(nemoGuardrails),
    use(langfuse),
  ],
  limits: { cpu: '16', memory: '56Gi' },

  network: ({
    values: {
      adapter: { enabled },
    },
  }) => ({
    ...(enabled && { egress: ['api.anthropic.com:443'] }),
    ingress: [{ from: 'librechat', ports: [port] }, ...(enabled ? [gatewayCalls] : [])],
    calls: [
      { to: 'milvus', ports: [19530] },
      { to: 'neo4j', ports: [7687] },
    ],
    metrics: [port],
  }),
  metrics: [
    {
      name: 'Errors of Anthropic',
      expr: 'sum(rate(adapter_backend_errors_total[5m]))',
      unit: 'errors/s',
      above: 0.1,
      for: '10m',
      action: 'Read the log of anthropic-adapter: the key is refused, the quota is used up, or Anthropic does not answer.',
    },
    {
      name: 'Slow answers of Anthropic',
      expr: 'histogram_quantile(0.95, sum by (le) (rate(adapter_request_duration_seconds_bucket[5m])))',
      unit: 's',
      above: 60,
      for: '10m',
      action: 'Look at the status page of Anthropic; clients may take the model of vllm meanwhile.',
    },
  ],

  needs: ({
    values: {
      adapter: { enabled },
    },
    platform: {
      regions: [origin],
    },
  }) => ({
    key: enabled && secret('anthropic', { apiKey: supply('API key of Anthropic, made in its console') }),
    models: llm({ models: ['bge-m3', 'bge-reranker'] }),
    milvus: secret(
      'milvus',
      { password: template('{{ .password }}') },
      { scope: 'shared', path: `shared/${origin}/milvus/root`, readOnly: true },
    ),
    neo4j: secret(
      'neo4j',
      { password: template('{{ .password }}') },
      { scope: 'shared', path: `shared/${origin}/neo4j/auth`, readOnly: true },
    ),
  }),

  install: ({ values, granted: { key, models, milvus, neo4j } }) => [
    ...(key ? adapter(values, key.secret) : []),
    ...retrieval(values, { llm: models, milvus: milvus.secret, neo4j: neo4j.secret }),
  ],
})

const gatewayCalls = { from: 'llm-gateway', ports: [port] } as const
