import { defineComponent, deployment, release } from '@openova/core'
import { values } from './values.ts'

export type { TemporalValues } from './values.ts'
export { default as schema } from '../values.schema.json' with { type: 'json' }

/** What temporal is, in one sentence. */
export default defineComponent({
  name: 'temporal',
  tier: 'a-la-carte',
  category: 'operations',
  namespace: 'temporal',
  values,

  releases: ({ values }) => [
    release('temporal', {
      chart: { name: 'temporal', repository: 'https://charts.example.org', version: '1.0.0' },
      workloads: [deployment('temporal', { at: '', replicas: values.replicas, cpu: '10m', memory: '64Mi' })],
      values: {},
    }),
  ],
})
