import { settingsOf } from '../packages/report/src/settings.ts'

/** What of a package is uniform: the manifest's shape and the values table of its README. */
export interface Manifest {
  name: string
  scripts?: Record<string, string>
  dependencies?: Record<string, string>
  devDependencies?: Record<string, string>
  [key: string]: unknown
}

/** The same manifest in the shape that all packages share; what is particular to it stays. */
export function repairManifest(manifest: Manifest, folder: string): Manifest {
  const {
    name: _name,
    version: _version,
    private: _private,
    type: _type,
    exports,
    scripts,
    dependencies,
    devDependencies,
    ...rest
  } = manifest
  return {
    name: `@openova/${folder}`,
    version: '0.0.0',
    private: true,
    type: 'module',
    exports: exports ?? { '.': './src/index.ts' },
    ...filled('scripts', scripts),
    ...rest,
    ...filled('dependencies', sortKeys(dependencies)),
    ...filled('devDependencies', sortKeys(devDependencies)),
  }
}

const open = '<!-- values -->'
const close = '<!-- /values -->'

/** The README with its first paragraph (what the source says above its definition) and its values table made anew; the rest is by hand. */
export function repairReadme(readme: string, { source, schema }: { source: string; schema: object }): string {
  const introduced = repairSentence(readme, sentenceOf(source))
  const section = `${open}\n${valuesTable(schema)}\n${close}`
  const [before, marked] = cut(introduced, open)
  if (marked === undefined) return `${introduced.trimEnd()}\n\n## Values\n\n${section}\n`

  const [, after] = cut(marked, close)
  return `${before}${section}${after ?? '\n'}`
}

/** The doc comment of the default export as one line. */
export function sentenceOf(source: string): string | undefined {
  return /\/\*\*((?:(?!\*\/)[^])*)\*\/\s*export default/
    .exec(source)?.[1]
    ?.replaceAll(/\s*\n\s*\*\s*/g, ' ')
    .trim()
}

function repairSentence(readme: string, sentence: string | undefined): string {
  if (!sentence) return readme
  const [title = '', ...paragraphs] = readme.split(/\n\n+(?=[^\n])/)
  const by = paragraphs[0] !== undefined && !/^(#|<!--)/.test(paragraphs[0]) ? paragraphs.slice(1) : paragraphs
  return `${[title.trimEnd(), sentence, ...by].join('\n\n').trimEnd()}\n`
}

function valuesTable(schema: object): string {
  const rows = settingsOf(schema).map(({ key, type, default: fallback, description }) =>
    row(code(key), type, fallback ? code(fallback) : '', description),
  )
  if (rows.length === 0) return 'It has no values.'

  return [row('value', 'type', 'default', 'description'), '|---|---|---|---|', ...rows].join('\n')
}

const code = (text: string) => `\`${text}\``

function row(...cells: string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll(/\s*\n\s*/g, ' ').replaceAll('|', '\\|')).join(' | ')} |`
}

function cut(text: string, mark: string): [before: string, after: string | undefined] {
  const at = text.indexOf(mark)
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + mark.length)]
}

function filled(key: string, record: Record<string, string> | undefined): object {
  return record && Object.keys(record).length > 0 ? { [key]: record } : {}
}

function sortKeys(record: Record<string, string> = {}): Record<string, string> {
  return Object.fromEntries(Object.entries(record).toSorted(([a], [b]) => (a < b ? -1 : 1)))
}
