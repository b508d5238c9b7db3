import { stripVTControlCharacters } from 'node:util'
import type { Paint } from './paint.ts'

/** Columns under each other, two spaces apart; `right` names the columns of figures. Cells may hold colours. */
export function printTable(
  rows: readonly (readonly string[])[],
  { indent = '', right = [] }: { indent?: string; right?: readonly number[] } = {},
): string {
  const columns = Math.max(0, ...rows.map((row) => row.length))
  const widths = Array.from({ length: columns }, (_, column) => Math.max(...rows.map((row) => widthOf(row[column] ?? ''))))
  return rows
    .map(
      (row) => `${indent}${row.map((cell, column) => pad(cell, widths[column] ?? 0, right.includes(column))).join('  ')}`.trimEnd() + '\n',
    )
    .join('')
}

/** A share of one as a bar of blocks; more than all is a full bar. */
export function printBar(share: number, width = 12): string {
  const filled = Math.min(width, Math.max(0, Math.round(share * width)))
  return '█'.repeat(filled) + '░'.repeat(width - filled)
}

/** A bar that turns yellow where little is left and red where it is too much, and the figures. */
export function printShare(used: number, limit: number, print: (amount: number) => string, paint: Paint): [bar: string, figures: string] {
  const share = limit > 0 ? used / limit : used > 0 ? Infinity : 0
  const colour = share > 1 ? paint.red : share > 0.95 ? paint.yellow : paint.green
  return [colour(printBar(share)), `${print(used)} of ${print(limit)}`]
}

function pad(cell: string, width: number, right: boolean): string {
  const space = ' '.repeat(Math.max(0, width - widthOf(cell)))
  return right ? space + cell : cell + space
}

const widthOf = (cell: string) => Array.from(stripVTControlCharacters(cell)).length
