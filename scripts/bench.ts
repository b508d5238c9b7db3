import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { main, nodeWorld } from '../packages/cli/src/index.ts'
import { placesOf } from '../packages/cli/src/schema/check.ts'
import { createPlan, loadSpec } from '../packages/core/src/index.ts'
import { render } from '../packages/render/src/index.ts'
import { printTable } from '../packages/report/src/index.ts'
import { validate, type CheckObjects } from '../packages/validate/src/index.ts'
import { root } from './workspace.ts'

/**
 * pnpm bench [runs] [platform]: what a platform costs, stage by stage, beside the figures that should hold on two cores.
 * Each stage but the imports runs in this process; the first run of each warms it up and is not counted.
 */
const runs = Number(process.argv[2] ?? 9)
const file = process.argv[3] ?? 'clusters/platform.yaml'
const folder = mkdtempSync(join(tmpdir(), 'openova-bench-'))
const world = { ...nodeWorld(), folder: root, print: () => {}, complain: () => {} }

const catalog = await world.loadCatalog()
const { spec, findings } = loadSpec(readFileSync(resolve(root, file), 'utf8'), { file, catalog })
if (!spec) throw new Error(`${file} has errors, run \`pnpm openova validate\`: ${findings.map(({ message }) => message).join('; ')}`)
const { plan } = createPlan(spec, catalog)
if (!plan) throw new Error(`${file} has no plan, run \`pnpm openova validate\``)
const tree = render(plan)
const documents = join(folder, 'documents.json')
validate(plan, tree, { catalog, checkObjects: keepDocuments })

const memory = schemaMegabytes()
const rows = [
  await measure('import of the catalog', () => childMilliseconds(`await import('./packages/catalog/src/index.ts')`), 200),
  await measure('createPlan', () => timed(() => createPlan(spec, catalog))),
  await measure('render', () => timed(() => render(plan)), 300),
  await measure('validate, without schemas', () => timed(() => validate(plan, tree, { catalog }))),
  await measure('first verdict, with its schema (new process)', firstVerdictMilliseconds, 400),
  await measure('schemas, cold (new process, no cache)', () => schemaMilliseconds('cold'), 2500),
  await measure('schemas, nothing changed (new process)', () => schemaMilliseconds('cached'), 100),
  await measure('build, cold (new process, empty folder)', () => timed(() => buildAnew('cold')), 3000),
  await measure(
    'build, nothing changed',
    () => timed(() => main(['build', '--platform', file, '--out', join(folder, 'warm')], world)),
    500,
  ),
]
rmSync(folder, { recursive: true })

console.log(`${tree.size} files, ${plan.regions.length} regions, ${runs} runs; milliseconds`)
console.log(`schemas, cold: at most ${memory} MB in the process${memory < 500 ? '' : ', more than the 500 to hold'}`)
console.log(printTable([['', 'min', 'median', 'max', 'to hold'], ...rows], { right: [1, 2, 3] }))

async function measure(name: string, run: () => number | Promise<number>, limit?: number): Promise<string[]> {
  await run()
  const times: number[] = []
  for (let index = 0; index < runs; index++) times.push(await run())
  times.sort((a, b) => a - b)
  const [min = 0, median = 0, max = 0] = [times[0], times[Math.floor(runs / 2)], times.at(-1)]
  return [name, ...[min, median, max].map((time) => time.toFixed(0)), limit ? `< ${limit}${median < limit ? '' : ' exceeded'}` : '']
}

async function timed(work: () => unknown): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}

function buildAnew(name: string): void {
  const out = join(folder, name)
  forgetVerdicts()
  rmSync(out, { recursive: true, force: true })
  run(['packages/cli/src/bin.ts', 'build', '--platform', file, '--out', out])
}

/** What the rule `schema` asks about. */
function keepDocuments(asked: Parameters<CheckObjects>[0]): [] {
  writeFileSync(documents, JSON.stringify(asked))
  return []
}

/** What the rule `schema` adds: kubeconform with all that it compiles, or the cache alone. */
function schemaMilliseconds(cache: 'cold' | 'cached'): number {
  if (cache === 'cold') forgetVerdicts()
  const prepare = `const { nodeWorld } = await import('./packages/cli/src/index.ts')
    const documents = JSON.parse((await import('node:fs')).readFileSync('${documents}', 'utf8'))`
  return childMilliseconds(`(await nodeWorld().schemaCheck('${root}'))(documents)`, prepare)
}

/** From nothing to the verdict on one object: the engine starts, its kind is compiled. */
function firstVerdictMilliseconds(): number {
  forgetVerdicts()
  const prepare = `const { nodeWorld } = await import('./packages/cli/src/index.ts')
    const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'one' }, data: { a: 'b' } }`
  return childMilliseconds(`(await nodeWorld().schemaCheck('${root}'))([{ file: 'one.yaml', index: 0, object }])`, prepare)
}

/** The most that a process takes which judges the whole tree, in MB. */
function schemaMegabytes(): number {
  forgetVerdicts()
  const code = `const { nodeWorld } = await import('./packages/cli/src/index.ts')
    const documents = JSON.parse((await import('node:fs')).readFileSync('${documents}', 'utf8'));
    (await nodeWorld().schemaCheck('${root}'))(documents)
    console.log(process.resourceUsage().maxRSS / 1000)`
  return Math.round(Number(run(['--input-type=module', '--eval', code])))
}

function forgetVerdicts(): void {
  rmSync(placesOf(root).verdicts, { force: true })
}

/** What the code itself takes, without the start of the process, and with the compile cache that the command uses. */
function childMilliseconds(code: string, prepare = ''): number {
  return Number(
    run([
      '--input-type=module',
      '--eval',
      `(await import('node:module')).enableCompileCache(); ${prepare}; const start = performance.now(); ${code}; console.log(performance.now() - start)`,
    ]),
  )
}

function run(words: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, words, { cwd: root, encoding: 'utf8' })
  if (status !== 0) throw new Error(`${words.join(' ')}: ${stdout}${stderr}`)
  return stdout
}
