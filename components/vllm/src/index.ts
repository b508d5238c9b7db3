import { bucket, defineComponent, gpu, secret } from '@openova/core'
import { inferenceService, servingRuntime, storageAccount } from './serving.ts'
import { vllmMetrics } from './metrics.ts'
import { values } from './values.ts'

export type { VllmValues } from './values.ts'
export { default as schema } from '../values.schema.json' with { type: 'json' }

/** A language model on GPUs, spoken to as OpenAI's are; it comes from the bucket `models`, never from the internet. */
export default defineComponent({
  name: 'vllm',
  tier: 'a-la-carte',
  category: 'ai-ml',
  namespace: 'vllm',
  values,

  requires: ['kserve'],
  network: { metrics: [8080], ingress: [{ from: 'llm-gateway', ports: [8080] }] },
  metrics: vllmMetrics,

  needs: ({ values: { model, gpu: asked } }) => ({
    models: bucket({
      name: 'models',
      replicated: true,
      holds: model.repository === '' ? undefined : [{ path: model.name, from: `hf://${model.repository}:${model.revision}` }],
      // By these names KServe finds it at the ServiceAccount.
      secret: (s3) => ({ AWS_ACCESS_KEY_ID: s3.accessKey, AWS_SECRET_ACCESS_KEY: s3.secretKey }),
    }),
    gpu: gpu({ model: asked.model, count: asked.count }),
    apiKey: secret('api-key', { VLLM_API_KEY: { generate: 40 } }),
  }),

  install: ({ values, granted: { models, gpu: place, apiKey } }) => [
    storageAccount(models.secret),
    servingRuntime(values, { apiKey: apiKey.secret }),
    inferenceService(values, { place, uri: `s3://${models.bucket}/${values.model.name}` }),
  ],
})
