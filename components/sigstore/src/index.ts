import { defineComponent, deployment, release } from '@openova/core'
import { values } from './values.ts'

export type { SigstoreValues } from './values.ts'
export { default as schema } from '../values.schema.json' with { type: 'json' }

/** What sigstore is, in one sentence. */
export default defineComponent({
  name: 'sigstore',
  tier: 'mandatory',
  category: 'operations',
  namespace: 'sigstore',
  values,

  releases: ({ values }) => [
    release('sigstore', {
      chart: { name: 'sigstore', repository: 'https://charts.example.org', version: '1.0.0' },
      workloads: [deployment('sigstore', { at: '', replicas: values.replicas, cpu: '10m', memory: '64Mi' })],
      values: {},
    }),
  ],
})
