import { compareText, type Plan } from '@openova/core'

/** Unit -> the stores in which it keeps its data, such as `database/registry`; kept in the ownership manifest. */
export type Grants = Readonly<Record<string, readonly string[]>>

/** The stores that the plan grants in any region: what `storage-moves` compares from build to build. */
export function grantsOf(plan: Plan): Grants {
  const found = new Map<string, Set<string>>()
  for (const { name, needs } of plan.regions.flatMap(({ units }) => units)) {
    const stores = found.get(name) ?? new Set()
    found.set(name, stores)
    for (const { kind, key, ask } of needs) if (isStore(kind)) stores.add(`${kind}/${'name' in ask ? ask.name : key}`)
  }
  return Object.fromEntries(
    [...found].toSorted(([a], [b]) => compareText(a, b)).map(([name, stores]) => [name, [...stores].toSorted(compareText)]),
  )
}

const isStore = (kind: string) => stores.includes(kind)
/** Not caches, which fill again, and not topics, whose records go on to be read where they are. */
const stores = ['database', 'documents', 'analytics', 'bucket']
