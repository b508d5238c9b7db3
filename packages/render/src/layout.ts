import { Document, Scalar, visit } from 'yaml'

/** What the library prints, a tenth of its time: it is asked only about texts that may need quotes, and for a whole value with a rare one. */
export function printLikeLibrary(value: unknown): string {
  return (isFilled(value) && tryBlock(value)) || printWithLibrary(value)
}

export function printWithLibrary(value: unknown): string {
  const document = new Document(value, { aliasDuplicateObjects: false, compat: 'yaml-1.1' })
  visit(document, { Scalar: (_, node) => quoteMisread(node) })
  return document.toString({ lineWidth: 0 })
}

/** Texts whose look depends on where they stand, in ways that only the library knows. */
class Rare extends Error {}

function tryBlock(value: object): string | undefined {
  try {
    return `${block(value, '')}\n`
  } catch (error) {
    if (error instanceof Rare) return undefined
    throw error
  }
}

/** Without the indentation of its first line. */
function block(value: object, indent: string): string {
  const inner = `${indent}  `
  const lines = Array.isArray(value)
    ? value.map((item: unknown) => `- ${isFilled(item) ? block(item, inner) : scalar(item, inner)}`)
    : Object.entries(value).map(
        ([key, item]) => `${keyText(key)}:${isFilled(item) ? `\n${inner}${block(item, inner)}` : ` ${scalar(item, inner)}`}`,
      )
  return lines.join(`\n${indent}`)
}

const isFilled = (value: unknown): value is object => typeof value === 'object' && value !== null && Object.keys(value).length > 0

function scalar(value: unknown, indent: string): string {
  if (typeof value === 'string') return value.includes('\n') ? blockText(value, indent) : lineText(value)
  return Object.is(value, -0) ? '-0' : JSON.stringify(value)
}

function blockText(text: string, indent: string): string {
  const body = text.endsWith('\n') ? text.slice(0, -1) : text
  if (/^\s|\s$|^[-+]?0[BOX]/.test(body) || body === '') throw new Rare()
  return `|${body === text ? '-' : ''}\n${indent}${body.replaceAll(/\n+/g, `$&${indent}`)}`
}

function lineText(text: string): string {
  if (isPlain(text)) return text
  return remember(lines, text, () => printWithLibrary([text]).slice('- '.length, -1))
}

function keyText(key: string): string {
  if (key.length > 1000 || key.includes('\n')) throw new Rare()
  if (isPlain(key)) return key
  return remember(keys, key, () => {
    const text = printWithLibrary({ [key]: 0 })
    if (text.startsWith('? ')) throw new Rare()
    return text.slice(0, -': 0\n'.length)
  })
}

/** A text of one line that surely needs no quotes. */
const isPlain = (text: string): boolean => /^(?:[a-z/$(]|\.\.?\/)/i.test(text) && !/[\t\n]|: | #|[ :]$/.test(text) && !misread.test(text)

/** What YAML 1.1 or 1.2 reads as no string, among what starts like that. */
const misread = /^(?:y|yes|n|no|true|false|on|off|null|e[-+]?\d+)$/i

function remember(known: Map<string, string>, text: string, print: () => string): string {
  if (/^(?:%|---|\.\.\.)/.test(text)) throw new Rare() // could be read as the end of the document
  const found = known.get(text)
  if (found !== undefined) return found
  const printed = print()
  if (known.size >= limit) known.clear()
  known.set(text, printed)
  return printed
}

const lines = new Map<string, string>()
const keys = new Map<string, string>()
const limit = 10_000

/**
 * Texts that must stand in quotes although the library leaves them plain: Go's parser takes a tab at the start of a block for its indentation,
 * loses spaces of blank lines there, and reads numbers with a capital prefix (`0B11`).
 */
function quoteMisread(node: Scalar): void {
  const { value } = node
  if (typeof value !== 'string') return
  if ((/^\s/.test(value) && value.includes('\n')) || /^[-+]?0[BOX]/.test(value)) node.type = Scalar.QUOTE_DOUBLE
}
