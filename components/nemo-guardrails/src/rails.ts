import { type Grant, type Resource, resource } from '@openova/core'
import { railsPython, serverPython } from './python.ts'
import { checkInput, checkOutput } from './prompts.ts'
import type { NemoGuardrailsValues } from './values.ts'

export const name = 'rails'
/** The one configuration that the server has; callers need not name it. */
export const configId = 'chat'

/** File of the server's configuration folder -> key of the ConfigMap; each is mounted by itself, since the loader would read the links of a whole volume twice. */
export const files: Readonly<Record<string, string>> = {
  'config.py': 'server.py',
  [`${configId}/config.yml`]: 'config.yml',
  [`${configId}/prompts.yml`]: 'prompts.yml',
  [`${configId}/config.py`]: 'rails.py',
}

/** What the server does with each question and answer. JSON is YAML too. */
export function railsConfig(values: NemoGuardrailsValues, llm: Grant<'llm'>): Resource {
  return resource('v1/ConfigMap', name, {
    data: {
      'server.py': serverPython(values.personalData.certainty),
      'rails.py': railsPython,
      'config.yml': asYaml(config(values, llm)),
      'prompts.yml': asYaml({ prompts: [checkInput, checkOutput] }),
    },
  })
}

function config({ checkModel, check, personalData, streaming }: NemoGuardrailsValues, { url, models }: Grant<'llm'>) {
  const [first = ''] = models
  const model = (type: string, called: string) => ({
    type,
    engine: 'openai',
    model: called,
    api_key_env_var: 'OPENAI_API_KEY',
    parameters: { base_url: `${url}/v1` },
  })
  const judge = checkModel || first
  const found = (entities: readonly string[]) => ({ entities, score_threshold: personalData.certainty })
  const output = [...when(personalData.output.length > 0, 'detect sensitive data on output'), ...when(check.output, 'self check output')]
  return {
    models: [model('main', first), model('self_check_input', judge), model('self_check_output', judge)],
    // What the caller sends goes to the model as it is, but for what the rails change in it.
    passthrough: true,
    rails: {
      config: { sensitive_data_detection: { input: found(personalData.input), output: found(personalData.output) } },
      input: {
        flows: [
          ...when(personalData.input.length > 0, `${personalData.onInput === 'mask' ? 'mask' : 'detect'} sensitive data on input`),
          ...when(check.input, 'self check input'),
        ],
      },
      output: {
        flows: output,
        ...(output.length > 0 && {
          streaming: { enabled: true, chunk_size: streaming.tokens, context_size: streaming.context, stream_first: false },
        }),
      },
    },
  }
}

const when = (holds: boolean, flow: string): string[] => (holds ? [flow] : [])
const asYaml = (content: object) => `${JSON.stringify(content, undefined, 2)}\n`
