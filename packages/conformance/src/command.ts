import { existsSync } from 'node:fs'
import { Argument, Command } from 'commander'
import { checkConformance, checkNames } from './conformance.ts'
import type { CheckName, World } from './conformance.ts'
import { printConformance } from './print.ts'

const examples = `
Checks:
  builds     every base and overlay builds with kustomize; every Flux path leads to one   (needs Go)
  strings    awkward strings, printed by our printer, read back identical in Go           (needs Go)
  parity     the native kubeconform and ours judge every file alike, and a corpus of broken ones   (needs Go)
  values     every helm value path exists in its chart                                    (needs --upstream)
  resources  every custom resource fits its CRD                                           (needs --upstream)
  schemas    our schemas have the fields of the CRDs that upstream publishes                (needs --upstream)
  charts     every HelmRelease renders in each region with Helm itself, values.schema.json included   (needs Go, --charts)

Examples:
  pnpm conformance                                        what can be checked without a copy of the charts
  pnpm conformance --upstream ../charts                   everything but charts
  pnpm conformance values resources --upstream ../charts  without Go
  pnpm conformance charts --charts ../packed              <name>-<version>.tgz or <name>/Chart.yaml; the first run compiles Helm
  pnpm conformance values --upstream ../charts --notes    also what was let through unproved
  pnpm conformance builds --out /tmp/clusters --json      for a program

Exit codes: 0 conforms, 1 errors found, 2 usage, 3 internal
`

interface Flags {
  out: string
  upstream?: string
  charts?: string
  json?: boolean
  notes?: boolean
}

/** The `conformance` command; `write` gets the report, and the exit code is returned. */
export async function runCommand(argv: readonly string[], world: World & { write: (text: string) => void }): Promise<number> {
  let exitCode = 0
  const command = new Command('conformance')
    .description('Checks the generated tree against those who will read it: kustomize, Go, the charts and the CRDs.')
    .addArgument(new Argument('[checks...]', 'which checks to run (default: all)').choices(checkNames))
    .option('--out <folder>', 'folder of the generated tree', 'clusters')
    .option(
      '--upstream <folder>',
      'published charts and CRDs: <component>/charts/<chart>/values.yaml, <component>/crds/*.yaml, <component>/facts.yaml',
    )
    .option('--charts <folder>', 'real charts: <name>-<version>.tgz or <name>/Chart.yaml')
    .option('--json', 'print the results as JSON')
    .option('--notes', 'also list what was accepted without proof')
    .addHelpText('after', examples)
    .action(async (checks: CheckName[], { out, upstream, charts, json = false, notes = false }: Flags) => {
      const wanted = checks.length > 0 ? checks : checkNames
      const folders = [wanted.some((name) => name !== 'strings') ? out : undefined, upstream, charts]
      for (const folder of folders.filter((name) => name !== undefined && !existsSync(name))) {
        command.error(`error: Unexpected folder \`${folder}\`, which does not exist`, { exitCode: 2 })
      }
      const conformance = await checkConformance({ out, upstream, charts, checks: wanted }, world)
      world.write(json ? `${JSON.stringify(conformance, null, 2)}\n` : printConformance(conformance, { notes }))
      exitCode = conformance.conforms ? 0 : 1
    })
    .exitOverride()

  try {
    await command.parseAsync(argv, { from: 'user' })
  } catch (error) {
    if (!isCommanderError(error)) throw error
    return error.exitCode === 0 ? 0 : 2
  }
  return exitCode
}

function isCommanderError(error: unknown): error is Error & { exitCode: number } {
  return error instanceof Error && 'exitCode' in error && 'code' in error && String(error.code).startsWith('commander.')
}
