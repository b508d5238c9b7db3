/** A path in plain data: keys joined by dots, list indexes as numbers, a dot inside a key written `\.`. */
export const splitPath = (path: string): string[] => (path === '' ? [] : path.split(/(?<!\\)\./).map((key) => key.replaceAll('\\.', '.')))

/** What stands at a path, or undefined. */
export function getIn(data: unknown, path: string): unknown {
  return splitPath(path).reduce<unknown>((value, key) => (isContainer(value) ? value[key as keyof typeof value] : undefined), data)
}

/** A copy with the value at that path; absent parents become maps. */
export function setIn<T>(data: T, path: string, value: unknown): T {
  return put(data, splitPath(path), value) as T
}

/** A copy without the key at that path, and without parents that this leaves empty. */
export function deleteIn<T>(data: T, path: string): T {
  return remove(data, splitPath(path)) as T
}

/** Maps merge key by key; a list, a scalar and null replace. */
export function mergeDeep(base: unknown, over: unknown): unknown {
  if (over === undefined) return base
  if (!isMap(base) || !isMap(over)) return over
  const merged: Record<string, unknown> = { ...base }
  for (const [key, value] of Object.entries(over)) merged[key] = mergeDeep(merged[key], value)
  return merged
}

/** Without undefined values, at any depth. */
export function compact(value: unknown): unknown {
  if (Array.isArray(value)) return value.filter((item) => item !== undefined).map(compact)
  if (!isMap(value)) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, item]) => item !== undefined)
      .map(([key, item]) => [key, compact(item)]),
  )
}

export const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isContainer = (value: unknown): value is object => typeof value === 'object' && value !== null

function put(data: unknown, [key, ...rest]: string[], value: unknown): unknown {
  if (key === undefined) return value
  if (Array.isArray(data)) return data.map((item, index) => (String(index) === key ? put(item, rest, value) : item))
  const map = isMap(data) ? data : {}
  return { ...map, [key]: put(map[key], rest, value) }
}

function remove(data: unknown, [key, ...rest]: string[]): unknown {
  if (key === undefined) return data
  if (Array.isArray(data)) {
    if (rest.length === 0) return data.filter((_, index) => String(index) !== key)
    return data.map((item, index) => (String(index) === key ? remove(item, rest) : item))
  }
  if (!isMap(data) || !(key in data)) return data
  const { [key]: child, ...others } = data
  if (rest.length === 0) return others
  const left = remove(child, rest)
  return isMap(left) && Object.keys(left).length === 0 ? others : { ...others, [key]: left }
}
