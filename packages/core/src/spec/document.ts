import { isAlias, isMap, isScalar, isSeq, parseDocument, visit, type Alias, type Document, type Node, type Pair, type YAMLMap } from 'yaml'
import { splitPath } from '../paths.ts'
import { syntaxProblem, type SyntaxProblem } from './syntax.ts'

export interface Position {
  line: number
  column: number
}

/** YAML text as data, and where each part of it stands. */
export interface SpecDocument {
  /** Absent where the text cannot be read. */
  data?: unknown
  problems: (Omit<SyntaxProblem, 'offset'> & Position)[]
  /** Position of what stands at a path: of a scalar itself, of all else its key; where the path ends early, of its last part that exists. */
  locate: (path: string, point?: 'key' | 'value') => Position
}

/** Aliases may repeat what they stand for so many times; more is an attack or a mistake. */
const maxAliasCount = 100

/** Aliases and merge keys are accepted, within limits; a byte order mark and CRLF are reported, and read over to find what else is wrong. */
export function readDocument(source: string): SpecDocument {
  const text = source.replace(/^\uFEFF/, '')
  const document = parseDocument(text, { merge: true, prettyErrors: false })
  // The parser's own line counter misses lines after some errors.
  const place = (offset: number): Position => {
    const before = text.slice(0, offset).split('\n')
    return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 }
  }
  const problems = [...byteProblems(source), ...findProblems(document, text)]
  // These still leave a readable document: what else is wrong in it is reported in the same run.
  const readable = problems.every(({ code }) => ['DUPLICATE_KEY', 'BOM', 'CRLF'].includes(code))
  return {
    ...(readable && { data: document.toJS({ maxAliasCount: -1 }) as unknown }),
    problems: problems.map(({ offset, ...problem }) => ({ ...problem, ...place(offset) })),
    locate: (path, point = 'value') => place(offsetOf(document, splitPath(path.replaceAll(/\[(\d+)\]/g, '.$1').replace(/^\./, '')), point)),
  }
}

/** What Git, editors and other readers of the file see differently than YAML does. */
function byteProblems(source: string): SyntaxProblem[] {
  const text = source.replace(/^\uFEFF/, '')
  const carriageReturn = text.indexOf('\r\n')
  return [
    ...(text === source
      ? []
      : [
          {
            code: 'BOM',
            offset: 0,
            message: 'Unexpected byte order mark, expected plain UTF-8',
            fix: 'save the file as UTF-8 without BOM',
          },
        ]),
    ...(carriageReturn < 0
      ? []
      : [
          {
            code: 'CRLF',
            offset: carriageReturn,
            message: 'Unexpected line end CRLF, expected LF',
            fix: 'save the file with LF line ends (`git config core.autocrlf input` keeps them)',
          },
        ]),
  ]
}

function findProblems(document: Document.Parsed, text: string): SyntaxProblem[] {
  const problems = [...document.errors, ...document.warnings].map((error) => syntaxProblem(error, text))
  const broken = problems.some(({ code }) => code !== 'DUPLICATE_KEY')
  const found = broken ? problems : [...problems, ...nodeProblems(document)]
  // After the first error at a place the parser only guesses; after these, everywhere.
  const lost = found.findIndex(({ code }) => code === 'RESOURCE_EXHAUSTION' || code === 'UNEXPECTED_TOKEN')
  const sure = lost < 0 ? found : found.slice(0, lost + 1)
  return sure.filter(({ offset }, index) => sure.findIndex((other) => other.offset === offset) === index)
}

/** What the parser lets pass and we do not. */
function nodeProblems(document: Document.Parsed): SyntaxProblem[] {
  const problems: SyntaxProblem[] = []
  const report = (code: string, node: unknown, message: string, fix: string) => problems.push({ code, offset: startOf(node), message, fix })
  if (document.directives.yaml.version !== '1.2')
    report('VERSION', undefined, 'Unexpected `%YAML 1.1`, expected YAML 1.2, where `yes` and `on` are text', 'remove the line')
  const aliases: Alias[] = []
  visit(document, {
    Node(_, node) {
      const tag = node.tag
      if (tag && !/^tag:yaml\.org,2002:(str|int|float|bool|null|map|seq)$/.test(tag))
        report('TAG', node, `Unexpected tag \`${tag}\`, expected plain data`, 'remove the tag')
    },
    Alias(_, alias) {
      aliases.push(alias)
      const target = alias.resolve(document)
      if (!target)
        report(
          'ALIAS',
          alias,
          `Unexpected alias \`*${alias.source}\`, expected an anchor \`&${alias.source}\` before it`,
          'correct its name, or write the value out',
        )
      else if (startOf(alias) < (target.range?.[1] ?? 0))
        report('ALIAS', alias, `Unexpected alias \`*${alias.source}\` inside its own anchor`, 'write the value out')
    },
    Pair(_, pair) {
      const key = isScalar(pair.key) ? pair.key.value : undefined
      if (key === undefined || key === null || key === '__proto__')
        report('KEY', pair.key ?? pair.value, 'Unexpected key, expected text', 'write a plain word as the key')
      if (isMerge(pair) && !mergedMaps(document, pair.value))
        report('MERGE', pair.key, 'Unexpected value of the merge key `<<`, expected an alias of a map', 'write `<<: *anchor`')
    },
  })
  if (problems.length === 0) {
    try {
      document.toJS({ maxAliasCount })
    } catch {
      report(
        'ALIAS',
        aliases.at(-1),
        `Unexpected number of aliases: they repeat their anchors more than ${maxAliasCount} times`,
        'write the values out',
      )
    }
  }
  return problems
}

function offsetOf(document: Document.Parsed, path: readonly string[], point: 'key' | 'value'): number {
  let node: unknown = document.contents
  let last = startOf(node)
  for (const step of path) {
    const parent = isAlias(node) ? node.resolve(document) : node
    const pair = isMap(parent) ? findPair(document, parent, step) : undefined
    const item = isSeq(parent) ? parent.items[Number(step)] : undefined
    if (!pair && !item) return last
    node = pair ? pair.value : item
    last = startOf(pair ? pair.key : item)
  }
  const ownPlace = point === 'value' && path.length > 0 && (isAlias(node) || (isScalar(node) && node.source !== ''))
  return ownPlace ? startOf(node) : last
}

/** Also looks into what `<<` brings in. */
function findPair(document: Document.Parsed, map: YAMLMap, key: string): Pair | undefined {
  const own = map.items.find((pair) => isScalar(pair.key) && String(pair.key.value) === key)
  if (own) return own
  const merged = map.items.filter(isMerge).flatMap(({ value }) => mergedMaps(document, value) ?? [])
  return merged.map((each) => findPair(document, each, key)).find((pair) => pair !== undefined)
}

const isMerge = ({ key }: Pair): boolean =>
  isScalar(key) && (key.value === '<<' || typeof key.value === 'symbol') && key.type !== 'QUOTE_DOUBLE' && key.type !== 'QUOTE_SINGLE'

function mergedMaps(document: Document.Parsed, value: unknown): YAMLMap[] | undefined {
  const target = isAlias(value) ? value.resolve(document) : value
  if (isMap(target)) return [target]
  if (!isSeq(target)) return undefined
  const maps = target.items.map((item) => (isAlias(item) ? item.resolve(document) : item)).filter((item) => isMap(item))
  return maps.length === target.items.length ? maps : undefined
}

const startOf = (node: unknown): number => (node as Node | null | undefined)?.range?.[0] ?? 0
