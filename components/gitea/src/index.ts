import { defineComponent, deployment, release } from '@openova/core'
import { values } from './values.ts'

export type { GiteaValues } from './values.ts'
export { default as schema } from '../values.schema.json' with { type: 'json' }

/** What gitea is, in one sentence. */
export default defineComponent({
  name: 'gitea',
  tier: 'mandatory',
  category: 'operations',
  namespace: 'gitea',
  values,

  releases: ({ values }) => [
    release('gitea', {
      chart: { name: 'gitea', repository: 'https://charts.example.org', version: '1.0.0' },
      workloads: [deployment('gitea', { at: '', replicas: values.replicas, cpu: '10m', memory: '64Mi' })],
      values: {},
    }),
  ],
})
