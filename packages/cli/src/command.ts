import { nearestWord, oneOf } from '@openova/core'
import { formats } from '@openova/report'
import type { Format } from '@openova/report'
import type { World } from './world.ts'

/** How a person calls it. */
export const program = 'pnpm openova'

interface Flag {
  description: string
  value?: undefined
}
interface Text {
  description: string
  /** How it is called in the help, such as `file`. */
  value: string
}
type Options = Readonly<Record<string, Flag | Text>>
type Given<O extends Options> = { readonly [K in keyof O]?: O[K] extends Text ? string : boolean }

export interface Definition<O extends Options> {
  /** `<required>`, `[optional]` and `[several...]`, in order. */
  arguments?: readonly string[]
  options: O
  /** What to type after the program's name, and what it does. */
  examples: readonly (readonly [line: string, does: string])[]
  /** Gives the exit code: 0 ok, 1 findings. */
  run(call: { options: Given<O>; arguments: readonly string[] }, world: World): number | Promise<number>
}

export type Command = Definition<Options>

/** A command is data; `main.ts` makes the parser, the help and the exit code of it. */
export function defineCommand<const O extends Options>(definition: Definition<O>): Definition<O> {
  return definition
}

/** What is wrong with the call itself, not with the platform. */
export class UsageError extends Error {}

/** `unknown region 'region-x', expected one of region-a, region-b (did you mean region-a?)` */
export function unknownWord(what: string, word: string, known: readonly string[], expected = oneOf(known)): UsageError {
  const near = nearestWord(word, known)
  return new UsageError(`unknown ${what} '${word}', expected ${expected}${near ? ` (did you mean ${near}?)` : ''}`)
}

export const platformOptions = {
  platform: { value: 'file', description: 'the platform spec (default: clusters/platform.yaml)' },
  out: { value: 'folder', description: 'where the tree is written (default: clusters)' },
} as const
export const jsonOption = { json: { description: 'print data instead of text' } } as const
export const formatOptions = {
  format: { value: 'format', description: `how findings are printed: ${formats.join(', ')} (default: text)` },
  json: { description: 'the same as --format json' },
} as const

export function formatOf({ format, json }: Given<typeof formatOptions>): Format {
  if (format === undefined) return json ? 'json' : 'text'
  if (json && format !== 'json') throw new UsageError(`--json and --format ${format} cannot stand together`)
  const known = formats.find((one) => one === format)
  if (!known) throw unknownWord('format', format, formats)
  return known
}
