import type { Grant } from '@openova/core'
import type { LibrechatValues } from './values.ts'

interface Options {
  llm: Grant<'llm'>
  /** Whether chats pass the rails. */
  rails: boolean
  login: boolean
}

/** Environment variable with the key for the gateway. */
export const llmKey = 'LLM_API_KEY'

/** The file `librechat.yaml`. JSON is YAML too. */
export const chatConfig = (values: LibrechatValues, options: Options): string =>
  `${JSON.stringify(config(values, options), undefined, 2)}\n`

function config(values: LibrechatValues, { llm, rails, login }: Options) {
  const { welcome, agents, mcpServers, fileSizeMb } = values
  const models = { default: llm.models.length > 0 ? llm.models : ['none'], fetch: llm.models.length === 0 }
  // Agents call models with tools, which the rails do not pass on.
  const gateway = endpoint({ name: 'Models', url: llm.url, apiKey: `\${${llmKey}}`, models })
  const guarded = endpoint({ name: 'Chat', url: 'http://nemo-guardrails.nemo-guardrails.svc:8000', apiKey: 'none', models })
  const chat = rails ? guarded : gateway
  return {
    version: '1.3.0',
    cache: true,
    fileStrategy: 's3',
    registration: { socialLogins: login ? ['openid'] : [] },
    interface: {
      ...(welcome && { customWelcome: welcome }),
      modelSelect: true,
      parameters: true,
      // A preset would lead past the models below.
      presets: false,
      agents,
      mcpServers: { use: agents },
      // Each wants a service that the platform does not have; retrieval comes to agents as a tool.
      webSearch: false,
      runCode: false,
      fileSearch: false,
    },
    fileConfig: { serverFileSizeLimit: fileSizeMb, endpoints: { default: { fileSizeLimit: fileSizeMb, totalSizeLimit: 2 * fileSizeMb } } },
    endpoints: {
      custom: rails && agents ? [guarded, gateway] : [chat],
      ...(agents && {
        agents: {
          allowedProviders: [gateway.name],
          capabilities: ['tools', 'artifacts', 'chain'],
          recursionLimit: 25,
          maxRecursionLimit: 50,
        },
      }),
    },
    ...(llm.models.length > 0 && {
      modelSpecs: {
        enforce: false,
        prioritize: true,
        addedEndpoints: agents ? ['agents'] : [],
        list: llm.models.map((model, index) => ({
          name: model,
          label: model,
          ...(index === 0 && { default: true }),
          preset: { endpoint: chat.name, model },
        })),
      },
    }),
    ...(agents &&
      mcpServers.length > 0 && {
        mcpSettings: { allowedDomains: mcpServers.map(({ url }) => new URL(url).origin) },
        mcpServers: Object.fromEntries(
          mcpServers.map(({ name, url }) => [name, { type: 'streamable-http', url, chatMenu: false, timeout: 60_000 }]),
        ),
      }),
  }
}

function endpoint({ name, url, apiKey, models }: { name: string; url: string; apiKey: string; models: object }) {
  return {
    name,
    baseURL: `${url}/v1`,
    apiKey,
    models,
    modelDisplayLabel: name,
    // By the model and the way of the chat itself, so that what was masked stays masked.
    titleConvo: true,
    titleModel: 'current_model',
    titleMethod: 'completion',
    summarize: false,
  }
}
