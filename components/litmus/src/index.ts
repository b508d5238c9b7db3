import { defineComponent, deployment, release } from '@openova/core'
import { values } from './values.ts'

export type { LitmusValues } from './values.ts'
export { default as schema } from '../values.schema.json' with { type: 'json' }

/** What litmus is, in one sentence. */
export default defineComponent({
  name: 'litmus',
  tier: 'a-la-carte',
  category: 'operations',
  namespace: 'litmus',
  values,

  releases: ({ values }) => [
    release('litmus', {
      chart: { name: 'litmus', repository: 'https://charts.example.org', version: '1.0.0' },
      workloads: [deployment('litmus', { at: '', replicas: values.replicas, cpu: '10m', memory: '64Mi' })],
      values: {},
    }),
  ],
})
