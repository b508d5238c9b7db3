import { type RegionPlan, regionCapacity, workloadsOf, parseCpu, parseMemory, compareText } from '@openova/core'
import { defineRule, type Draft, type PlanRule } from '../rule.ts'

export default defineRule<PlanRule>({
  name: 'region-capacity',
  severity: 'error',
  description: 'What a region asks for in CPU, memory and volumes fits into its nodes, less what the system, K3s and etcd keep.',
  on: 'plan',

  check: ({ regions }) => regions.flatMap(judge),

  examples: {
    pass: 'units: { minio: { releases: [{ name: minio, workloads: [{ kind: StatefulSet, name: minio, replicas: 3, memory: 4Gi, cpu: "1", at: "" }] }] } }',
    fail: 'units: { minio: { releases: [{ name: minio, workloads: [{ kind: StatefulSet, name: minio, replicas: 3, memory: 40Gi, cpu: "1", at: "" }] }] } }',
  },
})

const kinds = [
  { name: 'CPU', key: 'cpu', print: (cpu: number) => `${(cpu / 1000).toFixed(1)} CPU` },
  { name: 'memory', key: 'memory', print: (memory: number) => `${(memory / 2 ** 30).toFixed(1)}Gi of memory` },
  { name: 'volumes', key: 'volumes', print: (volumes: number) => `${volumes} volumes` },
] as const

function judge(plan: RegionPlan, index: number): Draft[] {
  const { requested, schedulable } = regionCapacity(plan)
  return kinds.flatMap(({ key, print }): Draft[] => {
    if (requested[key] <= schedulable[key]) return []
    return [
      {
        at: `spec.regions[${index}].pools`,
        message: `Unexpected requests for ${print(requested[key])} in ${plan.region.name}, expected at most ${print(schedulable[key])}, which its ${plan.region.nodes} nodes leave for pods`,
        fix: `add a node to a pool, choose larger ones, or lower the largest: ${largest(plan, key).join(', ')}`,
      },
    ]
  })
}

function largest(plan: RegionPlan, key: 'cpu' | 'memory' | 'volumes'): string[] {
  const share = plan.units.flatMap((unit) =>
    workloadsOf(unit).map(({ name, cpu, memory, volume, replicas = plan.region.nodes }) => {
      const one = { cpu: parseCpu(cpu), memory: parseMemory(memory), volumes: volume === undefined ? 0 : 1 }[key]
      return { name: name === unit.name ? name : `${unit.name}/${name}`, total: one * replicas }
    }),
  )
  return share
    .toSorted((a, b) => b.total - a.total || compareText(a.name, b.name))
    .slice(0, 3)
    .map(({ name }) => name)
}
