import { isMap } from '@openova/core'

/** Every leaf by its path, `a.b[0].c`; a list of scalars is one leaf, and so is what is empty. */
export function flatten(value: unknown, at = ''): Map<string, unknown> {
  const children = childrenOf(value, at)
  if (children.length === 0) return new Map(at === '' ? [] : [[at, value]])
  return new Map(children.flatMap(([path, child]) => [...flatten(child, path)]))
}

function childrenOf(value: unknown, at: string): [path: string, child: unknown][] {
  if (Array.isArray(value)) return value.some((item) => isMap(item)) ? value.map((item, index) => [`${at}[${index}]`, item]) : []
  if (!isMap(value)) return []
  return Object.entries(value).map(([key, child]) => [`${at}${at === '' ? '' : '.'}${key.replaceAll('.', '\\.')}`, child])
}
