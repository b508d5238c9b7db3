import { compareText } from '@openova/core'
import type { Kind, Plan } from '@openova/core'
import type { Grants } from './manifest.ts'

/** Services that keep data: where it lies changes when one appears or disappears. */
const storage: ReadonlySet<Kind> = new Set(['database', 'bucket', 'cache'])

/** Storage services granted to each unit, in any region. */
export function grantsOf(plan: Plan): Grants {
  const kinds = new Map<string, Set<string>>()
  for (const { name, needs } of plan.regions.flatMap(({ units }) => units)) {
    const granted = kinds.get(name) ?? new Set()
    for (const { kind } of needs) if (storage.has(kind)) granted.add(kind)
    kinds.set(name, granted)
  }
  return Object.fromEntries([...kinds].map(([name, granted]) => [name, [...granted].toSorted(compareText)]))
}
