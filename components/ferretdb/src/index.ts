import { defineComponent, deployment, release } from '@openova/core'
import { values } from './values.ts'

export type { FerretdbValues } from './values.ts'
export { default as schema } from '../values.schema.json' with { type: 'json' }

/** What ferretdb is, in one sentence. */
export default defineComponent({
  name: 'ferretdb',
  tier: 'a-la-carte',
  category: 'operations',
  namespace: 'ferretdb',
  values,

  releases: ({ values }) => [
    release('ferretdb', {
      chart: { name: 'ferretdb', repository: 'https://charts.example.org', version: '1.0.0' },
      workloads: [deployment('ferretdb', { at: '', replicas: values.replicas, cpu: '10m', memory: '64Mi' })],
      values: {},
    }),
  ],
})
