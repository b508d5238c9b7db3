import type { ComponentName, PlatformSpec } from '@openova/core'

type Settings = PlatformSpec['spec']['components']

const modelElsewhere: Settings = {
  'llm-gateway': { values: { models: [{ name: 'claude', provider: 'anthropic', model: 'claude-sonnet-4-5' }] } },
}

/** What a component cannot be without, beyond what it chooses by itself: without it there is an error that says so. */
const companions: Partial<Record<ComponentName, Settings>> = {
  debezium: { cnpg: {} },
  'llm-gateway': modelElsewhere,
  'nemo-guardrails': modelElsewhere,
}

/** The choice of one component, and of nothing that it does not need. */
export const chosenAlone = (name: ComponentName): Settings => ({ [name]: {}, ...companions[name] })
