import { resolve } from 'node:path'
import { generate } from './generate.ts'
import { readFolders, writeStale } from './disk.ts'

/** `node packages/codegen/src/bin.ts [--check]`: types, catalog and schemas from every values.schema.json, types of the kinds that sources render. */
const root = resolve(import.meta.dirname, '../../..')
const check = process.argv.includes('--check')
const problems: string[] = []
const stale: string[] = []
const untyped: string[] = []

for await (const { files, problems: found, open = [] } of generate(readFolders(root))) {
  problems.push(...found)
  untyped.push(...open)
  stale.push(...writeStale(root, files, { dryRun: check }))
}

const names = stale.join(', ')
if (untyped.length > 0) console.error(`warning No schema in schemas/, so any body will do: ${untyped.join(', ')}`)
if (problems.length > 0) console.error(problems.map((problem) => `error ${problem}`).join('\n'))
if (check && stale.length > 0) console.error(`error Stale: ${names}\n  fix: run \`pnpm codegen\``)
if (!check) console.log(stale.length === 0 ? 'codegen: nothing changed' : `codegen: wrote ${names}`)
process.exitCode = problems.length > 0 || (check && stale.length > 0) ? 1 : 0
