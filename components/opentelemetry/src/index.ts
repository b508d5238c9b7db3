import { defineComponent, deployment, release } from '@openova/core'
import { values } from './values.ts'

export type { OpentelemetryValues } from './values.ts'
export { default as schema } from '../values.schema.json' with { type: 'json' }

/** What opentelemetry is, in one sentence. */
export default defineComponent({
  name: 'opentelemetry',
  tier: 'mandatory',
  category: 'operations',
  namespace: 'opentelemetry',
  values,

  releases: ({ values }) => [
    release('opentelemetry', {
      chart: { name: 'opentelemetry', repository: 'https://charts.example.org', version: '1.0.0' },
      workloads: [deployment('opentelemetry', { at: '', replicas: values.replicas, cpu: '10m', memory: '64Mi' })],
      values: {},
    }),
  ],
})
