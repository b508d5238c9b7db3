import { defineComponent, deployment, release } from '@openova/core'
import { values } from './values.ts'

export type { CrossplaneValues } from './values.ts'
export { default as schema } from '../values.schema.json' with { type: 'json' }

/** What crossplane is, in one sentence. */
export default defineComponent({
  name: 'crossplane',
  tier: 'mandatory',
  category: 'operations',
  namespace: 'crossplane',
  values,

  releases: ({ values }) => [
    release('crossplane', {
      chart: { name: 'crossplane', repository: 'https://charts.example.org', version: '1.0.0' },
      workloads: [deployment('crossplane', { at: '', replicas: values.replicas, cpu: '10m', memory: '64Mi' })],
      values: {},
    }),
  ],
})
