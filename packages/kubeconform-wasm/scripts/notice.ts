import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { go, type GoModule } from './go.ts'

const licence = /^(licen[cs]e|copying|notice|patents)/i

/** Whose work is inside, and every licence text that lies beside it. */
export function writeNotice(modules: readonly GoModule[]): string {
  const goRoot = go('env', 'GOROOT').trim()
  const version = go('env', 'GOVERSION').trim()
  const inside = [
    { title: `Go standard library and runtime ${version}`, texts: textsOf(goRoot, [goRoot]) },
    ...modules.map(({ path, version, folder, packages }) => ({ title: `${path} ${version}`, texts: textsOf(folder, packages) })),
  ]
  for (const { title, texts } of inside) if (texts.length === 0) throw new Error(`${title} has no licence`)
  return [
    'kubeconform.wasm contains the following, unmodified; each Go module path and version names its source code.\nTheir licences stand below.\n',
    ...inside.map(({ title }) => `  ${title}`),
    ...inside.flatMap(({ title, texts }) => texts.map(({ name, text }) => `\n${'='.repeat(80)}\n${title}: ${name}\n\n${text}`)),
    '',
  ].join('\n')
}

/** From each linked package up to the root of its module. */
function textsOf(root: string, packages: readonly string[]): { name: string; text: string }[] {
  const folders = new Set(packages.flatMap((folder) => upTo(root, folder)))
  return [...folders].toSorted().flatMap((folder) =>
    readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isFile() && licence.test(entry.name) && !entry.name.endsWith('.go'))
      .map(({ name }) => ({
        name: relative(root, join(folder, name)),
        text: readFileSync(join(folder, name), 'utf8')
          .replaceAll('\r\n', '\n')
          .replaceAll(/[ \t]+$/gm, '')
          .trim(),
      })),
  )
}

function upTo(root: string, folder: string): string[] {
  return folder === root ? [root] : [folder, ...upTo(root, dirname(folder))]
}
