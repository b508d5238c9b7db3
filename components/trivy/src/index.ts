import { defineComponent, deployment, release } from '@openova/core'
import { values } from './values.ts'

export type { TrivyValues } from './values.ts'
export { default as schema } from '../values.schema.json' with { type: 'json' }

/** What trivy is, in one sentence. */
export default defineComponent({
  name: 'trivy',
  tier: 'mandatory',
  category: 'operations',
  namespace: 'trivy',
  values,

  releases: ({ values }) => [
    release('trivy', {
      chart: { name: 'trivy', repository: 'https://charts.example.org', version: '1.0.0' },
      workloads: [deployment('trivy', { at: '', replicas: values.replicas, cpu: '10m', memory: '64Mi' })],
      values: {},
    }),
  ],
})
