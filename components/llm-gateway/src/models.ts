import type { ComponentName } from '@openova/core'
import type { LlmGatewayValues } from './values.ts'

export type OutsideModel = LlmGatewayValues['models'][number]
type Provider = OutsideModel['provider']

interface Model {
  /** By which clients call it. */
  name: string
  mode: OutsideModel['mode']
  /** As LiteLLM names provider and model. */
  model: string
  address?: string
  /** Environment variable with the provider's key. */
  key?: string
}

type Has = (name: ComponentName) => boolean
type Listed = Pick<LlmGatewayValues, 'models' | 'vllmModel'>

/** What runs on the platform first: it costs nothing, and what is asked stays here. */
export const modelsOf = ({ models, vllmModel }: Listed, has: Has): Model[] => [
  ...(has('vllm') ? [vllm(vllmModel)] : []),
  ...(has('bge') ? bge : []),
  ...models.map(outside),
]

export const chatModels = (values: Listed, has: Has): string[] =>
  modelsOf(values, has)
    .filter(({ mode }) => mode === 'chat')
    .map(({ name }) => name)

/** Environment variable with the key that vllm wants. */
export const vllmKey = 'VLLM_API_KEY'

const vllm = (name: string): Model => ({
  name,
  mode: 'chat',
  model: `hosted_vllm/${name}`,
  address: 'http://vllm-predictor.vllm.svc/v1',
  key: vllmKey,
})

const bge: readonly Model[] = [
  { name: 'bge-m3', mode: 'embedding', model: 'openai/bge-m3', address: 'http://bge-m3.bge.svc:8080/v1' },
  { name: 'bge-reranker', mode: 'rerank', model: 'huggingface/bge-reranker', address: 'http://bge-reranker.bge.svc:8080' },
]

const outside = ({ name, provider, model, address, authenticated, mode }: OutsideModel): Model => ({
  name,
  mode,
  model: `${providers[provider].prefix}/${model}`,
  ...(providers[provider].host === undefined && { address }),
  ...(authenticated && { key: variableOf(keyNameOf({ provider, name })) }),
})

/** LiteLLM's word for each, whose key it is, and where it answers; without a host, at the model's own address. */
export const providers: Readonly<Record<Provider, { prefix: string; owner: string; host?: string }>> = {
  anthropic: { prefix: 'anthropic', owner: 'Anthropic', host: 'api.anthropic.com:443' },
  openai: { prefix: 'openai', owner: 'OpenAI', host: 'api.openai.com:443' },
  gemini: { prefix: 'gemini', owner: 'Google AI Studio', host: 'generativelanguage.googleapis.com:443' },
  mistral: { prefix: 'mistral', owner: 'Mistral', host: 'api.mistral.ai:443' },
  azure: { prefix: 'azure', owner: 'Azure OpenAI' },
  'openai-compatible': { prefix: 'openai', owner: 'its server' },
}

/** One key for all models of a provider; one for each model where every address has its own. */
export const keyNameOf = ({ provider, name }: Pick<OutsideModel, 'provider' | 'name'>): string =>
  (providers[provider].host === undefined ? name : provider).replaceAll(/[^A-Za-z0-9]+/g, '-')

export const variableOf = (keyName: string): string => `PROVIDER_KEY_${keyName.replaceAll('-', '_').toUpperCase()}`
