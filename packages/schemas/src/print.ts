import { compareText } from '@openova/core'

const width = 160

/** JSON with sorted keys, a line for whatever fits in one, so that files stay small and a difference is a few lines. */
export function printSchema(schema: object): string {
  return `${print(schema, '', 0)}\n`
}

function print(value: unknown, indent: string, used: number): string {
  const line = oneLine(value)
  if (indent.length + used + line.length <= width || typeof value !== 'object' || value === null) return line

  const deeper = `${indent} `
  const items = Array.isArray(value)
    ? value.map((item) => deeper + print(item, deeper, 0))
    : entries(value).map(([key, item]) => `${deeper}${key}${print(item, deeper, key.length)}`)
  const [open, close] = Array.isArray(value) ? '[]' : '{}'
  return `${open}\n${items.join(',\n')}\n${indent}${close}`
}

function oneLine(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(oneLine).join(', ')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  return `{${entries(value)
    .map(([key, item]) => key + oneLine(item))
    .join(', ')}}`
}

const entries = (value: object): [string, unknown][] =>
  Object.entries(value)
    .toSorted(([a], [b]) => compareText(a, b))
    .map(([key, item]) => [`${JSON.stringify(key)}: `, item])
