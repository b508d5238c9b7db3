import { hasErrors } from '@openova/core'
import { countFindings, printDeletions, printFindings, printJson, printReport, printSummary, summarize } from '@openova/report'
import type { Format } from '@openova/report'
import { build } from '../build.ts'
import type { Built, Mode } from '../build.ts'
import { defineCommand, formatOf, formatOptions, platformOptions, UsageError } from '../command.ts'
import { ruleTexts, scopesOf } from '../explain/rule-texts.ts'
import { findProject } from '../project.ts'
import type { Project } from '../project.ts'
import type { World } from '../world.ts'

export default defineCommand({
  options: {
    check: { description: 'write nothing; fail and say which files differ from what the spec generates' },
    dryRun: { description: 'write nothing; say which files would change' },
    force: { description: 'overwrite files that were edited by hand or that the generator does not own' },
    ...formatOptions,
    ...platformOptions,
  },
  examples: [
    ['build', 'regenerate clusters/'],
    ['build --dry-run', 'see what would change'],
    ['build --check', 'in CI: prove that the tree is current'],
    ['build --check --format github', 'the same, with annotations in the pull request'],
    ['build --platform lab.yaml --out /tmp/lab', 'another platform, elsewhere'],
  ],

  async run({ options }, world) {
    const format = formatOf(options)
    if (options.check && options.dryRun) throw new UsageError('--check and --dry-run cannot stand together')
    const project = findProject(world.folder, options)
    const mode = options.check ? 'check' : options.dryRun ? 'dry-run' : 'write'
    const built = await build(project, world, { mode, force: options.force })

    world.print(print(built, format, { project, mode, world }))
    return hasErrors(built.findings) ? 1 : 0
  },
})

interface Call {
  project: Project
  mode: Mode
  world: World
}

/** A person and a program also get figures and files; the other formats know findings only. */
function print(built: Built, format: Format, call: Call): string {
  if (format === 'text') return toText(built, call)
  if (format === 'json') return toJson(built)
  const rules = ruleTexts(built.findings, scopesOf(built, { disk: call.mode === 'check' }))
  return printReport(built.findings, format, { rules, paint: call.world.paint })
}

function toJson({ plan, difference, deletions, findings, written }: Built): string {
  const { created, updated, removed, unchanged } = difference ?? {}
  return printJson({
    written,
    findings,
    ...(plan && summarize(plan)),
    ...(difference && { files: { created, updated, removed, unchanged: unchanged?.length }, deletions }),
  })
}

function toText(built: Built, { project, mode, world }: Call): string {
  const { paint } = world
  const { plan, findings, deletions } = built
  const failed = hasErrors(findings)
  const parts = [
    plan && !failed && mode !== 'check' && printSummary(summarize(plan), paint),
    mode !== 'check' && !failed && printChanges(built, { project, all: mode === 'dry-run' }),
    mode !== 'check' && !failed && printDeletions(deletions, paint),
    findings.length > 0 && printFindings(findings, paint),
    `${failed ? paint.red(countFindings(findings)) : paint.green(verdict(built, mode))}${seconds(world)}\n`,
  ]
  return parts.filter((part) => part !== false && part !== undefined && part !== '').join('\n')
}

/** The files that change; a long list is cut unless it is what was asked for. */
function printChanges({ difference }: Built, { project, all }: { project: Project; all: boolean }): string {
  if (!difference) return ''
  const lines = (['created', 'updated', 'removed'] as const).flatMap((what) =>
    difference[what].map((path) => `  ${signs[what]} ${project.output.name}/${path}\n`),
  )
  const shown = all ? lines : lines.slice(0, 20)
  return [...shown, ...(shown.length < lines.length ? [`  ... and ${lines.length - shown.length} more\n`] : [])].join('')
}

const signs = { created: '+', updated: '~', removed: '-' }

/** `12 files created, 3 changed, 1 deleted, 805 unchanged`. */
function verdict({ difference, findings }: Built, mode: Mode): string {
  const { created, updated, removed, unchanged } = difference ?? { created: [], updated: [], removed: [], unchanged: [] }
  const warnings = findings.length > 0 ? `, ${countFindings(findings)}` : ''
  if (mode === 'check') return `${unchanged.length} files are current${warnings}`

  const counts = [
    [created, 'created'],
    [updated, 'changed'],
    [removed, 'deleted'],
  ] as const
  const changes = counts.filter(([paths]) => paths.length > 0).map(([paths, what]) => `${paths.length} ${what}`)
  const [first = '0 changed', ...others] = changes
  const said = [first.replace(' ', first.startsWith('1 ') ? ' file ' : ' files '), ...others, `${unchanged.length} unchanged`].join(', ')
  return `${mode === 'dry-run' ? 'would be: ' : ''}${said}${warnings}`
}

const seconds = ({ now }: World) => ` in ${(now() / 1000).toFixed(2)} s`
