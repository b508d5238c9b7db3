import { isMap, isScalar, isSeq, LineCounter, parseDocument } from 'yaml'
import { anyItem } from './shape.ts'

/** A key that a chart's values.yaml shows only in a comment: `#regionendpoint: http://...`. */
export interface CommentedKey {
  path: string[]
  /** Nothing or something empty follows and no key lies below: anything may stand there. */
  open: boolean
}

interface Placed {
  path: string[]
  /** 0-based column of the key, as if it were not commented out. */
  column: number
}

interface Commented extends Placed {
  key: CommentedKey
  /** A key with a value cannot have keys below it. */
  mayHold: boolean
  /** An item shown in a comment is an example: others may look different. */
  isItem: boolean
}

/** Finds the keys in comments, each below the real or commented key that its indentation puts it under. */
export function findCommentedKeys(text: string): CommentedKey[] {
  const { keysByLine, textLines } = locate(text)
  const found: CommentedKey[] = []
  const real: Placed[] = []
  let commented: Commented[] = []

  text.split('\n').forEach((line, index) => {
    const here = keysByLine.get(index + 1)
    if (here !== undefined) {
      real.push(...here)
      commented = []
      return
    }
    const comment = textLines.has(index + 1) ? undefined : readComment(line)
    if (comment === undefined) return

    const { column, key, rest, isItem } = comment
    commented = commented.filter((above) => above.column < column)
    const holder = commented.findLast(({ mayHold }) => mayHold)
    if (holder !== undefined) holder.key.open &&= holder.isItem
    const parent = holder ?? findParent(real, column)

    const above = isItem ? [...parent.path, anyItem] : parent.path
    if (isItem) add({ path: above, open: true }, { column, mayHold: true, isItem })
    const empty = /^(\{\s*\}|\[\s*\]|null|~)?(\s+#.*)?$/.test(rest)
    add(
      { path: [...above, key], open: empty || /^[{[]/.test(rest) },
      { column: isItem ? column + 2 : column, mayHold: empty, isItem: false },
    )
  })
  return found

  function add(key: CommentedKey, place: { column: number; mayHold: boolean; isItem: boolean }): void {
    found.push(key)
    commented.push({ ...place, path: key.path, key })
  }
}

/**
 * `# key: value` stands at the column of its `#`, `#   key` two further in, as charts write it.
 * Prose such as `# Note: ...` or `# see: https` ends up as a key that nobody sets; `Example:` alone must not hold others.
 */
function readComment(line: string): { column: number; key: string; rest: string; isItem: boolean } | undefined {
  const match = /^(\s*)(#+)(\s*)(- )?(["']?)([A-Za-z_][\w./-]*)\5:(?:\s+(.*))?$/.exec(line.trimEnd())
  if (match === null) return undefined

  const [, indent = '', , space = '', dash, , key = '', rest = ''] = match
  if (/^[A-Z][a-z]+$/.test(key)) return undefined
  return { column: indent.length + Math.max(0, space.length - 1), key, rest: rest.trim(), isItem: dash !== undefined }
}

function findParent(real: Placed[], column: number): { path: string[] } {
  let left = Infinity
  for (let index = real.length - 1; index >= 0; index--) {
    const placed = real[index]!
    if (placed.column >= left) continue // an ancestor is further left than all keys after it
    left = placed.column
    if (placed.column < column) return placed
  }
  return { path: [] }
}

/** Where the real keys stand, and which lines belong to a block of text, so that its `#` are no comments. */
function locate(text: string): { keysByLine: Map<number, Placed[]>; textLines: Set<number> } {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: false })
  const keysByLine = new Map<number, Placed[]>()
  const textLines = new Set<number>()

  visit(document.contents, [])
  return { keysByLine, textLines }

  function visit(node: unknown, path: string[]): void {
    if (isMap(node)) node.items.forEach(({ key, value }) => visitPair(key, value, path))
    else if (isSeq(node)) node.items.forEach((item) => visitItem(item, [...path, anyItem]))
    else if (isScalar(node) && typeof node.value === 'string' && node.range) {
      const last = lines.linePos(Math.max(node.range[0], node.range[1] - 1)).line
      for (let line = lines.linePos(node.range[0]).line + 1; line <= last; line++) textLines.add(line)
    }
  }

  function visitPair(key: unknown, value: unknown, path: string[]): void {
    if (!isScalar(key) || !key.range) return
    const inner = [...path, String(key.value)]
    place(key.range[0], inner, 0)
    visit(value, inner)
  }

  /** Comments between the keys of an item stand at their column, so the item itself counts as one further left. */
  function visitItem(item: unknown, path: string[]): void {
    if (isMap(item) && item.range) place(item.range[0], path, -1)
    visit(item, path)
  }

  function place(offset: number, path: string[], shift: number): void {
    const { line, col } = lines.linePos(offset)
    keysByLine.set(line, [...(keysByLine.get(line) ?? []), { path, column: col - 1 + shift }])
  }
}
