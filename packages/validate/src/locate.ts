import { isMap, isScalar, isSeq, LineCounter, parseAllDocuments } from 'yaml'

/** Line and column of a path such as `spec.containers[0].image` in the text; of its nearest parent where the path is absent. */
export function locate(text: string, at: string, document = 0): { line: number; column: number } | undefined {
  const lines = new LineCounter()
  const documents = parseAllDocuments(text, { lineCounter: lines, prettyErrors: false })
  let node: unknown = 'empty' in documents ? undefined : documents[document]?.contents
  let place: unknown = node
  for (const key of keysOf(at)) {
    if (isMap(node)) {
      const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === key)
      if (!pair) break
      place = pair.key
      node = pair.value
    } else if (isSeq(node)) {
      const item: unknown = node.items[Number(key)]
      if (item === undefined) break
      place = node = item
    } else break
  }
  const offset = (place as { range?: readonly number[] } | undefined)?.range?.[0]
  if (offset === undefined) return undefined
  const { line, col } = lines.linePos(offset)
  return { line, column: col }
}

/** `a.b[0].c\.d` -> a, b, 0, c.d */
const keysOf = (at: string): string[] =>
  at === ''
    ? []
    : at
        .replaceAll(/\[(\d+)\]/g, '.$1')
        .split(/(?<!\\)\./)
        .map((key) => key.replaceAll('\\.', '.'))
