import { isMap, nearestWord, oneOf } from '@openova/core'
import type { Path, Problem } from './finding.ts'
import { unquote, type ErrorNode } from './tree.ts'

/** Where what is wrong lies, and the schema to find the right words in. */
export interface Place {
  object: unknown
  schema: object
}

/** What one error of kubeconform says, in our words. */
export function explainNode(node: ErrorNode, place: Place): Problem[] {
  const { text, children } = node
  const path = placeOf(node, place.object)
  const found = describe(valueAt(place.object, path))

  if (text === 'validation failed' || text === "'allOf' failed") return children.flatMap((child) => explainNode(child, place))
  if (text.startsWith('missing propert')) return names(text).map((key) => missingKey(path, key))
  if (text.startsWith('additional properties ')) return names(text).map((key) => unexpectedKey(path, key, place.schema))
  if (text === "'anyOf' failed" || text === "'oneOf' failed, none matched") {
    const alternatives = children.map((child) =>
      explainNode(child, place)
        .map((problem) => within(path, problem))
        .join(' and '),
    )
    return [{ ...mismatch(path, 'one of the alternatives to fit', found), message: `no alternative fits: ${alternatives.join(', or ')}` }]
  }
  return [mismatch(path, expectation(text), found)]
}

/** What a message of the engine asks for. One that is not known here is shown as it is. */
function expectation(text: string): string {
  for (const [pattern, write] of expectations) {
    const match = pattern.exec(text)
    if (match) return write(match[1] ?? '', match[2] ?? '')
  }
  return text
}

const bound =
  (words: string, unit = '') =>
  (limit: string) =>
    `${words} ${limit.replaceAll(',', '')}${unit}`

const expectations: readonly [RegExp, (first: string, second: string) => string][] = [
  [/^got \S+, want (.*)$/, withoutNull],
  [/^value must be one of (.*)$/, (list) => `one of ${requote(list).replaceAll(', <nil>', '')}`],
  [/^value must be (.*)$/, (value) => requote(value)],
  [/ does not match pattern '(.*)'$/, (pattern) => `text that matches ${unquote(pattern)}`],
  [/ is not valid ([\w-]+): (.*)$/, (format, reason) => `a valid ${format} (${reason})`],
  [/^minimum: .* want (.*)$/, bound('at least')],
  [/^maximum: .* want (.*)$/, bound('at most')],
  [/^exclusiveMinimum: .* want (.*)$/, bound('more than')],
  [/^exclusiveMaximum: .* want (.*)$/, bound('less than')],
  [/^multipleOf: .* want (.*)$/, bound('a multiple of')],
  [/^minLength: .* want (.*)$/, bound('at least', ' characters')],
  [/^maxLength: .* want (.*)$/, bound('at most', ' characters')],
  [/^minItems: .* want (.*)$/, bound('at least', ' items')],
  [/^maxItems: .* want (.*)$/, bound('at most', ' items')],
  [/^minProperties: .* want (.*)$/, bound('at least', ' keys')],
  [/^maxProperties: .* want (.*)$/, bound('at most', ' keys')],
  [/^items at (.*) and (.*) are equal$/, (a, b) => `distinct items, not ${a} equal to ${b}`],
  [/^'not' failed$/, () => 'something that the schema does not forbid'],
  [/^'oneOf' failed, subschemas (.*), (.*) matched$/, (a, b) => `one alternative to fit, not both ${a} and ${b}`],
]

/** Null stands for absent wherever it is allowed, so nobody needs to hear of it. */
function withoutNull(types: string): string {
  const others = types.split(' or ').filter((type) => type !== 'null')
  return others.join(' or ') || 'null'
}

export const mismatch = (path: Path, expected: string, found: string): Problem => ({
  kind: 'invalid',
  path,
  expected,
  found,
  message: `expected ${expected}, found ${found}`,
})

export const missingKey = (path: Path, key: string): Problem => ({
  kind: 'invalid',
  path,
  expected: `key \`${key}\``,
  found: 'nothing',
  message: `missing required key \`${key}\``,
})

function unexpectedKey(path: Path, key: string, schema: object): Problem {
  const known = Object.keys(propertiesAt(schema, path))
  const near = nearestWord(key, known)
  const expected = near === undefined ? choice(known) : `\`${near}\``
  const advice = near === undefined ? `expected ${expected}` : `did you mean ${expected}?`
  return { kind: 'invalid', path: [...path, key], expected, found: `key \`${key}\``, message: `unexpected key \`${key}\`, ${advice}` }
}

const choice = (known: readonly string[]) =>
  known.length > 12 ? `one of ${known.slice(0, 12).join(', ')} and ${known.length - 12} more` : oneOf(known)

function within(base: Path, { path, message }: Problem): string {
  const rest = path.slice(base.length)
  return rest.length === 0 || message.startsWith('unexpected') ? message : `${rest.join('.')}: ${message}`
}

export function describe(value: unknown): string {
  if (value === undefined) return 'nothing'
  if (value === null) return 'null'
  if (Array.isArray(value)) return `array of ${value.length}`
  if (typeof value === 'object') return 'object'
  const text = JSON.stringify(value)
  return `${typeof value} ${text.length > 80 ? `${text.slice(0, 76)}..."` : text}`
}

function placeOf({ path }: ErrorNode, object: unknown): Path {
  return path.map((key, i) => (Array.isArray(valueAt(object, path.slice(0, i))) ? Number(key) : key))
}

function valueAt(object: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (value, key) => (typeof value === 'object' && value !== null && Object.hasOwn(value, key) ? value[key as never] : undefined),
    object,
  )
}

/** What the schema knows below a path, as far as it can be told without alternatives. */
function propertiesAt(schema: object, path: Path): object {
  const at = path.reduce<unknown>((node, key) => {
    if (!isMap(node)) return undefined
    if (typeof key === 'number') return node.items
    return isMap(node.properties) && Object.hasOwn(node.properties, key) ? node.properties[key] : node.additionalProperties
  }, schema)
  return isMap(at) && isMap(at.properties) ? at.properties : {}
}

const quoted = /'((?:[^'\\]|\\.)*)'/g

const names = (text: string): string[] => [...text.matchAll(quoted)].map(([, name = '']) => unquote(name))

const requote = (text: string): string => text.replaceAll(quoted, (_, name: string) => JSON.stringify(unquote(name)))
