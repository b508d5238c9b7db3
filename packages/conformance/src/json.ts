import type { JsonObject } from './model.ts'

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The value at a path of keys, `undefined` where it does not lead anywhere. */
export function get(value: unknown, ...path: string[]): unknown {
  return path.reduce<unknown>((inner, key) => (isObject(inner) ? inner[key] : undefined), value)
}

export function getText(value: unknown, ...path: string[]): string | undefined {
  const found = get(value, ...path)
  return typeof found === 'string' ? found : undefined
}

export function getList(value: unknown, ...path: string[]): unknown[] {
  const found = get(value, ...path)
  return Array.isArray(found) ? found : []
}

/** Writes a path as people do: `server.ha[0]."grafana.ini"`. */
export function formatPath(path: readonly string[]): string {
  return path
    .map((key) => (key.startsWith('[') ? key : /^[\w/-]+$/.test(key) ? `.${key}` : `."${key}"`))
    .join('')
    .replace(/^\./, '')
}
