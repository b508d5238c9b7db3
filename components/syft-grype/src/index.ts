import { defineComponent, deployment, release } from '@openova/core'
import { values } from './values.ts'

export type { SyftGrypeValues } from './values.ts'
export { default as schema } from '../values.schema.json' with { type: 'json' }

/** What syft-grype is, in one sentence. */
export default defineComponent({
  name: 'syft-grype',
  tier: 'mandatory',
  category: 'operations',
  namespace: 'syft-grype',
  values,

  releases: ({ values }) => [
    release('syft-grype', {
      chart: { name: 'syft-grype', repository: 'https://charts.example.org', version: '1.0.0' },
      workloads: [deployment('syft-grype', { at: '', replicas: values.replicas, cpu: '10m', memory: '64Mi' })],
      values: {},
    }),
  ],
})
