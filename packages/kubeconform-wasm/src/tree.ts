import { compareText } from '@openova/core'

/** One line of what kubeconform says, with the lines below it. */
export interface ErrorNode {
  /** Keys from the root of the object; the index of a list is text here. */
  path: string[]
  text: string
  children: ErrorNode[]
}

const start = /(?:^| )((?: {2})*)- at '((?:[^'\\]|\\.)*)': /g

/**
 * kubeconform prints its tree of errors, two spaces a level, and then makes a blank of every line end. A value cannot look like the
 * start of a line, because quotes inside a value are escaped. Undefined where the text is not such a tree.
 */
export function readTree(error: string): ErrorNode[] | undefined {
  const starts = [...error.matchAll(start)]
  if (starts.length === 0) return undefined

  const root: ErrorNode[] = []
  const open = [root]
  starts.forEach((match, i) => {
    const [whole, indent = '', pointer = ''] = match
    const depth = indent.length / 2
    const node = { path: readPointer(unquote(pointer)), text: error.slice(match.index + whole.length, starts[i + 1]?.index), children: [] }
    open[depth]?.push(node)
    open.splice(depth + 1, Infinity, node.children)
  })
  return sort(root)
}

/** What Go's `%q` wrote, without its quotes. */
export function unquote(text: string): string {
  return text.replaceAll(/\\(?:x([\da-f]{2})|u([\da-f]{4})|U([\da-f]{8})|(.))/g, (_, x?: string, u?: string, long?: string, plain = '') => {
    const code = x ?? u ?? long
    return code === undefined ? (controls[plain] ?? plain) : String.fromCodePoint(parseInt(code, 16))
  })
}

const controls: Readonly<Record<string, string>> = { a: '\u0007', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' }

function readPointer(pointer: string): string[] {
  const keys = pointer.split('/').slice(1)
  return keys.map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'))
}

/** Go reports the keys of a map in any order. */
function sort(nodes: ErrorNode[]): ErrorNode[] {
  const sorted = nodes.map((node) => ({ ...node, children: sort(node.children) }))
  return sorted.toSorted((a, b) => compareText(nameOf(a), nameOf(b)))
}

const nameOf = ({ path, text, children }: ErrorNode): string => JSON.stringify([path, text, children.map(nameOf)])
