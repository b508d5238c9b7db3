import type { Paint } from './paint.ts'

/** What Flux deletes of a unit once the change is on its branch. */
export interface Deletion {
  /** A component or a product. */
  unit: string
  /** Whether nothing of it stays. */
  whole: boolean
  /** Objects that leave the tree, by kind in lower case. */
  objects: Readonly<Record<string, number>>
  /** Stores that go with their data, such as `database/registry`. */
  lost: readonly string[]
  /** Stores that stay where they are, with nobody to use them. */
  left: readonly string[]
}

export function printDeletions(deletions: readonly Deletion[], paint: Paint): string {
  if (deletions.length === 0) return ''
  const lines = deletions.flatMap(({ unit, whole, objects, lost, left }) => [
    `  ${paint.bold(unit)}: ${printObjects(objects, whole)}`,
    ...(lost.length > 0 ? [`    ${paint.red('with its data')}: ${lost.map(printStore).join(', ')}`] : []),
    ...(left.length > 0 ? [`    stays, without a user: ${left.map(printStore).join(', ')}`] : []),
    ...(whole ? ['    stays: its namespace, and the volume claims in it'] : []),
  ])
  return [paint.bold('Flux will delete, once this is on its branch (README, "Taking something out"):'), ...lines, ''].join('\n')
}

/** `3 helmrelease, 2 job`, the rarest kinds last and together. */
function printObjects(objects: Deletion['objects'], whole: boolean): string {
  const kinds = Object.entries(objects).toSorted(([, a], [, b]) => b - a)
  const total = kinds.reduce((sum, [, count]) => sum + count, 0)
  if (total === 0) return 'no object of its own'
  const shown = kinds.slice(0, 4).map(([kind, count]) => `${count} ${kind}`)
  const more = kinds.length > 4 ? [`${kinds.length - 4} more kinds`] : []
  return `${whole ? 'all of it, ' : ''}${total} ${total === 1 ? 'object' : 'objects'} (${[...shown, ...more].join(', ')})`
}

const printStore = (store: string) => `${store.slice(0, store.indexOf('/'))} \`${store.slice(store.indexOf('/') + 1)}\``
