import { aLaCarteNames, mandatoryNames, productNames } from '../packages/core/src/names.ts'
import { arrows } from '../packages/testing/src/arrows.ts'
import { sentenceOf } from './package-shape.ts'
import { read } from './workspace.ts'

/** The root README with its generated tables; the rest is by hand. */
export function repairRootReadme(readme: string): string {
  return between(between(readme, 'catalog', catalogTable()), 'flows', flowsTable())
}

function catalogTable(): string {
  const units = [
    ...mandatoryNames.map((name) => ({ name, tier: 'mandatory', folder: `components/${name}` })),
    ...aLaCarteNames.map((name) => ({ name, tier: 'a la carte', folder: `components/${name}` })),
    ...productNames.map((name) => ({ name, tier: 'product', folder: `products/${name}` })),
  ]
  const rows = units.map(({ name, tier, folder }) => {
    const source = read(`${folder}/src/index.ts`) ?? ''
    const category = /^ {2}category: '([\w-]+)'/m.exec(source)?.[1] ?? ''
    return [`[${name}](${folder}/README.md)`, tier, category, sentenceOf(source) ?? '']
  })
  return table([['component', '', 'category', 'what it is'], ...rows])
}

function flowsTable(): string {
  const rows = Object.entries(arrows).map(([name, { writes, follows }]) => [name, objects(writes), objects(follows)])
  return table([['flow', 'in the write region, `{w}`', 'in the other one, `{o}`'], ...rows])
}

/** Each object once, without the text that a test looks for in it. */
const objects = (parts: readonly string[]) => [...new Set(parts.map((part) => `\`${part.split(': ')[0]}\``))].join(', ')

function table([head = [], ...rows]: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [line(head), `|${head.map(() => '---|').join('')}`, ...rows.map(line)].join('\n')
}

function between(text: string, mark: string, content: string): string {
  const [open, close] = [`<!-- ${mark} -->`, `<!-- /${mark} -->`]
  const [start, end] = [text.indexOf(open), text.indexOf(close)]
  if (start < 0 || end < start) throw new Error(`README.md has no ${open} ... ${close}, expected both around a generated table`)
  return `${text.slice(0, start + open.length)}\n${content}\n${text.slice(end)}`
}
