import { type Budget, budgets, compareText, parseMemory, type RegionPlan, type UnitName, type Workload } from '@openova/core'
import { defineRule, type Draft, type PlanRule } from '../rule.ts'

const gibibytes: Readonly<Record<Budget, number>> = { core: 2, observability: 3, storage: 4, security: 1.5, git: 1, operations: 0.5 }
const referenceNodes = 3
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

interface Share {
  unit: UnitName
  workload: Workload
  bytes: number
  /** What to change: the path of its memory request in the spec. */
  path: string
}

function judge(budget: Budget, region: RegionPlan): Draft[] {
  const shares = sharesOf(budget, region).toSorted((a, b) => b.bytes - a.bytes || compareText(a.path, b.path))
  const used = shares.reduce((sum, { bytes }) => sum + bytes, 0) / 2 ** 30
  const limit = gibibytes[budget]
  if (shares.length === 0 || used < limit * warnFrom) return []
  const largest = shares.slice(0, 3).filter(({ bytes }, index) => index === 0 || bytes / 2 ** 30 > used / 10)
  const named = largest.map(({ workload: { name, memory, replicas = referenceNodes } }) => `${name} ${replicas} x ${memory}`).join(', ')
  const at = `spec.components.${shares[0]!.unit}`
  const fix = `lower ${largest.map(({ path }) => `\`${path}\``).join(' or ')}, or a value of these components that makes them smaller`
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

/** What an owner renders into the folder of its consumer counts as the owner's. */
function sharesOf(budget: Budget, { units }: RegionPlan): Share[] {
  const owners = new Map(units.map(({ name, definition }) => [name, definition.budget]))
  return units.flatMap(({ name, stages }) =>
    stages.flatMap(({ releases, resources }) => [
      ...(owners.get(name) === budget
        ? releases.flatMap((release) =>
            release.workloads.map((workload) =>
              share(name, workload, `spec.components.${name}.helmValues.${release.name}.${memoryPath(workload)}`),
            ),
          )
        : []),
      ...resources
        .filter(({ by }) => owners.get(by) === budget)
        .flatMap(({ by, workloads }) => workloads.map((workload) => share(by, workload, `spec.components.${by}.values`))),
    ]),
  )
}

function share(unit: UnitName, workload: Workload, path: string): Share {
  return { unit, workload, path, bytes: parseMemory(workload.memory) * (workload.replicas ?? referenceNodes) }
}

function memoryPath({ at }: Workload): string {
  const resources = typeof at === 'object' ? at.resources : at === undefined || at === '' ? 'resources' : `${at}.resources`
  return `${resources ?? 'resources'}.requests.memory`
}
