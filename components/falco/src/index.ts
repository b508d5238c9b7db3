import { defineComponent, deployment, release } from '@openova/core'
import { values } from './values.ts'

export type { FalcoValues } from './values.ts'
export { default as schema } from '../values.schema.json' with { type: 'json' }

/** What falco is, in one sentence. */
export default defineComponent({
  name: 'falco',
  tier: 'mandatory',
  category: 'operations',
  namespace: 'falco',
  values,

  releases: ({ values }) => [
    release('falco', {
      chart: { name: 'falco', repository: 'https://charts.example.org', version: '1.0.0' },
      workloads: [deployment('falco', { at: '', replicas: values.replicas, cpu: '10m', memory: '64Mi' })],
      values: {},
    }),
  ],
})
