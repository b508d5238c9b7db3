import { defineComponent, deployment, release } from '@openova/core'
import { values } from './values.ts'

export type { IcebergValues } from './values.ts'
export { default as schema } from '../values.schema.json' with { type: 'json' }

/** What iceberg is, in one sentence. */
export default defineComponent({
  name: 'iceberg',
  tier: 'a-la-carte',
  category: 'operations',
  namespace: 'iceberg',
  values,

  releases: ({ values }) => [
    release('iceberg', {
      chart: { name: 'iceberg', repository: 'https://charts.example.org', version: '1.0.0' },
      workloads: [deployment('iceberg', { at: '', replicas: values.replicas, cpu: '10m', memory: '64Mi' })],
      values: {},
    }),
  ],
})
