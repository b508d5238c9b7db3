import { defineComponent, deployment, release } from '@openova/core'
import { values } from './values.ts'

export type { VeleroValues } from './values.ts'
export { default as schema } from '../values.schema.json' with { type: 'json' }

/** What velero is, in one sentence. */
export default defineComponent({
  name: 'velero',
  tier: 'mandatory',
  category: 'operations',
  namespace: 'velero',
  values,

  releases: ({ values }) => [
    release('velero', {
      chart: { name: 'velero', repository: 'https://charts.example.org', version: '1.0.0' },
      workloads: [deployment('velero', { at: '', replicas: values.replicas, cpu: '10m', memory: '64Mi' })],
      values: {},
    }),
  ],
})
