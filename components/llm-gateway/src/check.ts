import type { Facts, Problem } from '@openova/core'
import { chatModels, modelsOf, providers } from './models.ts'
import type { LlmGatewayValues } from './values.ts'

/** What cannot work with these models and keys, or hardly. */
export function problemsOf({ values, has }: Facts<LlmGatewayValues>): Problem[] {
  const names = modelsOf(values, has).map(({ name }) => name)
  return [
    ...(chatModels(values, has).length === 0 ? [noModel(has('librechat'))] : []),
    ...values.models.flatMap(({ name, provider, address }, index): Problem[] => [
      ...(names.filter((one) => one === name).length > 1
        ? [
            {
              at: `models.${index}.name`,
              message: `Unexpected second model \`${name}\`, expected names that differ`,
              fix: 'give it another name',
            },
          ]
        : []),
      ...(providers[provider].host === undefined && address === ''
        ? [
            {
              at: `models.${index}.address`,
              message: `Unexpected empty \`address\`, expected one with \`provider: ${provider}\``,
              fix: `set \`address\` of the model \`${name}\` to where its server answers, such as \`https://host/v1\``,
            },
          ]
        : []),
    ]),
    ...values.keys.flatMap(({ name, models }, index): Problem[] => [
      ...(values.keys.findIndex((one) => one.name === name) < index
        ? [
            {
              at: `keys.${index}.name`,
              message: `Unexpected second key \`${name}\`, expected names that differ`,
              fix: 'give it another name',
            },
          ]
        : []),
      ...models
        .filter((model) => !names.includes(model))
        .map((model) => ({
          at: `keys.${index}.models`,
          message: `Unexpected model \`${model}\`, expected one of ${names.join(', ') || 'none, for there is no model'}`,
          fix: 'name a model of the gateway, or leave the list empty for all',
        })),
    ]),
    ...(values.replicas > 1 && !has('valkey')
      ? [
          {
            at: 'replicas',
            severity: 'warning' as const,
            message: `Unexpected ${values.replicas} pods without valkey, expected a store in which they count together: each of them allows a whole limit`,
            fix: 'add valkey, or set `replicas: 1`',
          },
        ]
      : []),
  ]
}

/** A chat without a model can be brought up, and be given one in the web interface of the gateway. */
const noModel = (forChat: boolean): Problem => ({
  at: 'models',
  ...(forChat && { severity: 'warning' }),
  message: 'Unexpected gateway without a model, expected vllm or an entry in `models`',
  fix: 'add vllm to the components, or a model of an outside provider to `models` of llm-gateway',
})
