import { defineComponent, deployment, release } from '@openova/core'
import { values } from './values.ts'

export type { Neo4jValues } from './values.ts'
export { default as schema } from '../values.schema.json' with { type: 'json' }

/** What neo4j is, in one sentence. */
export default defineComponent({
  name: 'neo4j',
  tier: 'a-la-carte',
  category: 'operations',
  namespace: 'neo4j',
  values,

  releases: ({ values }) => [
    release('neo4j', {
      chart: { name: 'neo4j', repository: 'https://charts.example.org', version: '1.0.0' },
      workloads: [deployment('neo4j', { at: '', replicas: values.replicas, cpu: '10m', memory: '64Mi' })],
      values: {},
    }),
  ],
})
