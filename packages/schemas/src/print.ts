import { compareText } from '@openova/core'

const width = 160

/** JSON with sorted keys, a line for whatever fits in one, so that files stay small and a difference is a few lines. */
export function printSchema(schema: object): string {
  return `${print(schema, '', 0)}\n`
}

function print(value: unknown, indent: string, used: number): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const line = oneLine(value, width - indent.length - used)
  if (line !== undefined) return line

  const deeper = `${indent} `
  const items = Array.isArray(value)
    ? value.map((item) => deeper + print(item, deeper, 0))
    : entries(value).map(([key, item]) => `${deeper}${key}${print(item, deeper, key.length)}`)
  const [open, close] = Array.isArray(value) ? '[]' : '{}'
  return `${open}\n${items.join(',\n')}\n${indent}${close}`
}

/** The value on one line, or nothing as soon as it is longer than `room`. */
function oneLine(value: unknown, room: number): string | undefined {
  if (typeof value !== 'object' || value === null) {
    const text = JSON.stringify(value)
    return text.length <= room ? text : undefined
  }
  const parts = Array.isArray(value) ? value.map((item: unknown) => ['', item] as const) : entries(value)
  let line = ''
  for (const [key, item] of parts) {
    line += (line === '' ? '' : ', ') + key
    const text = oneLine(item, room - line.length - 2)
    if (text === undefined) return undefined
    line += text
  }
  return Array.isArray(value) ? `[${line}]` : `{${line}}`
}

const entries = (value: object): [string, unknown][] =>
  Object.entries(value)
    .toSorted(([a], [b]) => compareText(a, b))
    .map(([key, item]) => [`${JSON.stringify(key)}: `, item])
