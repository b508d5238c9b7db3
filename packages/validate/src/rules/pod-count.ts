import { podsPerNode, regionCapacity } from '@openova/core'
import { defineRule, type Draft, type PlanRule } from '../rule.ts'

export default defineRule<PlanRule>({
  name: 'pod-count',
  severity: 'error',
  description: `The pods of a region fit its nodes at ${podsPerNode} a node, as the kubelet is told.`,
  on: 'plan',

  check: ({ regions }) =>
    regions.flatMap((plan, index): Draft[] => {
      const { requested, schedulable } = regionCapacity(plan)
      if (requested.pods <= schedulable.pods) return []
      const missing = Math.ceil((requested.pods - schedulable.pods) / podsPerNode)
      return [
        {
          at: `spec.regions[${index}].pools`,
          message: `Unexpected ${requested.pods} pods in ${plan.region.name}, expected at most ${schedulable.pods} on ${plan.region.nodes} nodes of ${podsPerNode} each`,
          fix: `add ${missing} ${missing === 1 ? 'node' : 'nodes'} to a pool, or lower replicas`,
        },
      ]
    }),

  examples: {
    pass: 'units: { minio: { releases: [{ name: minio, workloads: [{ kind: Deployment, name: minio, replicas: 100, memory: 1Mi, cpu: 1m, at: "" }] }] } }',
    fail: 'units: { minio: { releases: [{ name: minio, workloads: [{ kind: Deployment, name: minio, replicas: 200, memory: 1Mi, cpu: 1m, at: "" }] }] } }',
  },
})
