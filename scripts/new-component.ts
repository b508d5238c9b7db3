import { execSync } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { nearestWord } from '../packages/core/src/index.ts'
import { componentFiles, componentNames, isComponentName } from './component-template.ts'
import { root } from './workspace.ts'

// pnpm new component NAME: writes components/NAME, links it, and makes what is generated from it.
const [noun, name = ''] = process.argv.slice(2)
const folder = join(root, 'components', name)

if (noun !== 'component' || name === '') fail('Unexpected arguments, expected `pnpm new component NAME`')
if (!isComponentName(name)) fail(unexpectedName(name))
if (existsSync(join(folder, 'package.json'))) fail(`Unexpected components/${name}, expected a name without a package`)

for (const [path, text] of Object.entries(componentFiles(name))) {
  mkdirSync(dirname(join(folder, path)), { recursive: true })
  writeFileSync(join(folder, path), text)
  console.log(`wrote components/${name}/${path}`)
}

run('node scripts/lint-packages.ts --fix')
run('pnpm install --no-frozen-lockfile')
run('pnpm codegen')
run(`pnpm vitest run components/${name} --update`)
console.log(`\nNext: describe its values in components/${name}/values.schema.json, then \`pnpm codegen\` and \`pnpm test ${name}\`.`)

function run(command: string): void {
  execSync(command, { cwd: root, stdio: 'inherit' })
}

function unexpectedName(word: string): string {
  const near = nearestWord(word, componentNames)
  return `Unexpected component \`${word}\`, expected a name from packages/core/src/names.ts${near ? `; did you mean \`${near}\`?` : ''}`
}

function fail(message: string): never {
  console.error(message)
  process.exit(2)
}
