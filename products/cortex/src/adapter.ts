import type { Resource } from '@openova/core'
import { fromSecret, ownService, port } from './service.ts'
import type { CortexValues } from './values.ts'

const name = 'anthropic-adapter'
export const address = `http://${name}.cortex.svc:${port}/v1`

/** Takes chat completions as OpenAI has them and asks Anthropic. */
export function adapter({ adapter: { image, replicas, maxTokens } }: CortexValues, key: string): Resource[] {
  return ownService(name, {
    image,
    replicas,
    memory: '128Mi',
    secrets: [key],
    env: [
      { name: 'ANTHROPIC_BASE_URL', value: 'https://api.anthropic.com' },
      { name: 'ANTHROPIC_VERSION', value: '2023-06-01' },
      fromSecret('ANTHROPIC_API_KEY', key, 'apiKey'),
      { name: 'DEFAULT_MAX_TOKENS', value: `${maxTokens}` },
    ],
  })
}
