import {
  type Budget,
  budgetLimits,
  budgets,
  budgetShares,
  compareText,
  referenceNodes,
  type RegionPlan,
  type Share,
  type Workload,
} from '@openova/core'
import { defineRule, type Draft, type PlanRule } from '../rule.ts'

const warnFrom = 0.95

export default defineRule<PlanRule>({
  name: 'category-budget',
  severity: 'error',
  description: 'The memory requests of each category of the core platform stay within its budget, at the reference of three nodes.',
  on: 'plan',

  check({ regions }) {
    const found = regions.flatMap((region) =>
      budgets.flatMap((budget) => judge(budget, region).map((draft) => ({ draft, region: region.region.name }))),
    )
    const messages = [...new Set(found.map(({ draft }) => draft.message))]
    return messages.map((message): Draft => {
      const same = found.filter(({ draft }) => draft.message === message)
      return { ...same[0]!.draft, message: `${message} (${same.map(({ region }) => region).join(', ')})` }
    })
  },

  examples: {
    pass: 'units: { minio: { budget: storage, releases: [{ name: minio, workloads: [{ kind: StatefulSet, name: minio, replicas: 3, memory: 512Mi, cpu: 100m, at: "" }] }] } }',
    fail: 'units: { minio: { budget: storage, releases: [{ name: minio, workloads: [{ kind: StatefulSet, name: minio, replicas: 3, memory: 2Gi, cpu: 100m, at: "" }] }] } }',
  },
})

function judge(budget: Budget, region: RegionPlan): Draft[] {
  const shares = budgetShares(region)
    .filter((share) => share.budget === budget)
    .toSorted((a, b) => b.bytes - a.bytes || compareText(pathOf(a), pathOf(b)))
  const used = shares.reduce((sum, { bytes }) => sum + bytes, 0) / 2 ** 30
  const limit = budgetLimits[budget] / 2 ** 30
  if (shares.length === 0 || used < limit * warnFrom) return []
  const largest = shares.slice(0, 3).filter(({ bytes }, index) => index === 0 || bytes / 2 ** 30 > used / 10)
  const named = largest.map(({ workload: { name, memory, replicas = referenceNodes } }) => `${name} ${replicas} x ${memory}`).join(', ')
  const at = `spec.components.${shares[0]!.unit}`
  const fix = `lower ${largest.map((share) => `\`${pathOf(share)}\``).join(' or ')}, or a value of these components that makes them smaller`
  if (used > limit)
    return [
      {
        at,
        message: `Unexpected ${used.toFixed(2)}Gi of memory requests in budget ${budget}, expected at most ${limit}Gi; the largest: ${named}`,
        fix,
      },
    ]
  return [
    {
      at,
      severity: 'warning',
      message: `Budget ${budget} is nearly used: ${used.toFixed(2)}Gi of memory requests of ${limit}Gi; the largest: ${named}`,
      fix,
    },
  ]
}

/** What to change: the path of its memory request in the spec. */
function pathOf({ unit, release, workload }: Share): string {
  if (release === undefined) return `spec.components.${unit}.values`
  return `spec.components.${unit}.helmValues.${release}.${memoryPath(workload)}`
}

function memoryPath({ at }: Workload): string {
  const resources = typeof at === 'object' ? at.resources : at === undefined || at === '' ? 'resources' : `${at}.resources`
  return `${resources ?? 'resources'}.requests.memory`
}
