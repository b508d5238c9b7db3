import { isObject } from '../json.ts'

/**
 * What a chart lets people set at one place of its values.
 * A path is a list of keys, with `[]` for any item of a list.
 */
export interface Shape {
  keys: Map<string, Shape>
  /** What an item looks like, where this is a list whose default shows one. */
  item?: Shape
  /** Anything may stand below: the default is null, `{}` or `[]`. */
  open: boolean
  /** A single value: what a comment seems to show below it is prose. */
  single?: boolean
}

export const anyItem = '[]'

/** The shape of a default: nothing and empty things are open, everything else is exactly what stands there. */
export function shapeOf(value: unknown): Shape {
  if (value === null || value === undefined) return { keys: new Map(), open: true }

  if (Array.isArray(value)) {
    const items = value.filter((item) => isObject(item) || Array.isArray(item)).map(shapeOf)
    if (items.length === 0) return { keys: new Map(), open: true }
    return { keys: new Map(), open: false, item: items.reduce(mergeShapes) }
  }

  if (isObject(value)) {
    const keys = new Map(Object.entries(value).map(([key, inner]) => [key, shapeOf(inner)]))
    return { keys, open: keys.size === 0 }
  }

  return { keys: new Map(), open: false, single: true }
}

/** Makes a path exist; what is already there stays, and a single value stays one. */
export function addPath(shape: Shape, path: readonly string[], open: boolean): void {
  const [key, ...rest] = path
  if (key === undefined) {
    shape.open ||= open
    return
  }
  if (shape.single) return
  const inner = childOf(shape, key) ?? { keys: new Map(), open: false }
  if (key === anyItem) shape.item = inner
  else shape.keys.set(key, inner)
  addPath(inner, rest, open)
}

export function childOf(shape: Shape, key: string): Shape | undefined {
  return key === anyItem ? shape.item : shape.keys.get(key)
}

/** Every path at which a key stands, shortest first, to answer "then where is it?". */
export function findKey(shape: Shape, key: string, above: string[] = []): string[][] {
  const here = shape.keys.has(key) ? [[...above, key]] : []
  const below = [...shape.keys].flatMap(([name, inner]) => findKey(inner, key, [...above, name]))
  return [...here, ...below].toSorted((a, b) => a.length - b.length)
}

function mergeShapes(a: Shape, b: Shape): Shape {
  const keys = new Map(a.keys)
  for (const [key, shape] of b.keys) keys.set(key, keys.has(key) ? mergeShapes(keys.get(key)!, shape) : shape)
  const item = a.item && b.item ? mergeShapes(a.item, b.item) : (a.item ?? b.item)
  return { keys, open: a.open || b.open, ...(item && { item }) }
}
