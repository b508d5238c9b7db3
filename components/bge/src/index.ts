import { bucket, defineComponent, gpu, gpuNodes } from '@openova/core'
import { inference } from './inference.ts'
import { noGpu, unknownGpu } from './check.ts'
import { bgeMetrics } from './metrics.ts'
import { modelsOf } from './models.ts'
import { values } from './values.ts'

export type { BgeValues } from './values.ts'
export { default as schema } from '../values.schema.json' with { type: 'json' }

/** Embeddings by BGE-M3 and reranking by BGE-Reranker, each on a GPU where the region has them, else on CPU. */
export default defineComponent({
  name: 'bge',
  tier: 'a-la-carte',
  category: 'ai-ml',
  namespace: 'bge',
  values,

  network: {
    metrics: [8080],
    ingress: (['llm-gateway', 'nemo-guardrails', 'librechat'] as const).map((from) => ({ from, ports: [8080] })),
  },
  metrics: bgeMetrics,

  needs: ({ values, region }) => ({
    models: bucket({
      name: 'models',
      replicated: true,
      holds: modelsOf(values).flatMap(({ name, repository, revision }) =>
        repository === '' ? [] : [{ path: name, from: `hf://${repository}:${revision}` }],
      ),
    }),
    // Each pod has one of its own.
    gpu: gpuNodes(region) > 0 && gpu({ model: values.gpuModel, count: 1 }),
  }),

  check: (facts) => [noGpu(facts), unknownGpu(facts)],

  install: ({ values, granted: { models, gpu: place } }) =>
    modelsOf(values).flatMap((model) => inference(model, { values, models, place })),
})
