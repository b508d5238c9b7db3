import { defineComponent, llm } from '@openova/core'
import { railsConfig } from './rails.ts'
import { port, server } from './server.ts'
import { values } from './values.ts'

export type { NemoGuardrailsValues } from './values.ts'
export { default as schema } from '../values.schema.json' with { type: 'json' }

/** Rails around the language models: injected instructions are refused, personal data is masked, and answers are judged before they are shown. */
export default defineComponent({
  name: 'nemo-guardrails',
  tier: 'a-la-carte',
  category: 'ai-safety',
  namespace: 'nemo-guardrails',
  values,

  network: { metrics: [port] },
  metrics: [
    {
      name: 'Questions and answers held back',
      expr: 'sum by (rail) (rate(nemo_guardrails_blocked_total[10m])) * 60',
      unit: 'per minute',
      above: 10,
      for: '10m',
      action:
        'Somebody tries to get past the rails, or the judging model errs: compare with the traces of its calls; another `checkModel` may judge better.',
    },
    {
      name: 'Questions with masked personal data',
      expr: 'sum by (rail) (rate(nemo_guardrails_masked_total[10m])) * 60',
      unit: 'per minute',
      for: '10m',
      action: 'People send personal data to models: tell them, or let `personalData.onInput` refuse.',
    },
    {
      name: 'Pods that are down',
      expr: 'max(kube_deployment_status_replicas_unavailable{namespace="nemo-guardrails",deployment="nemo-guardrails"})',
      unit: 'pods',
      above: 0,
      for: '10m',
      action: 'Read the log of the pod: the image is not there, or a rail of the ConfigMap `rails` does not load.',
    },
  ],

  needs: { models: llm({}) },

  before: ({ values, granted: { models } }) => [railsConfig(values, models)],
  install: ({ values, granted: { models } }) => server(values, models),
})
