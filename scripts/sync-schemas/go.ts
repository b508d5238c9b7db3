import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** One Go module at one exact version. */
export interface GoModule {
  module: string
  version: string
}

const work = join(tmpdir(), 'openova-sync-schemas')

/** How a project runs the generator. */
export interface GeneratorOptions {
  /** The one complaint that is all right. */
  tolerate?: string
  /** The metadata of pod templates and the like is spelt out. */
  embedMeta?: boolean
}

/** The CRDs that the generator makes of the Go types in the packages of a module. */
export function generateCrds(module: GoModule, packages: readonly string[], { tolerate, embedMeta = false }: GeneratorOptions): string {
  const folder = createModule(module, packages)
  const crds = join(folder, 'crds')
  const embed = `generateEmbeddedObjectMeta=${embedMeta}`
  const options = [`crd:crdVersions=v1,allowDangerousTypes=true,ignoreUnexportedFields=true,${embed}`, `output:crd:dir=${crds}`]
  try {
    run(folder, controllerGen(), [...options, ...packages.map((path) => `paths=${path}`)])
  } catch (error) {
    const lines = String((error as { stderr?: unknown }).stderr).split('\n')
    const complaints = lines.filter((line) => line !== '' && !/^(Error: not all generators|run `|exit status)/.test(line))
    if (tolerate === undefined || complaints.some((line) => !line.includes(tolerate))) throw error
  }
  return readdirSync(crds)
    .toSorted()
    .map((file) => readFileSync(join(crds, file), 'utf8'))
    .join('\n')
}

/** What a Go program prints that imports the module: `go/<program>/main.go`. */
export function runProgram(module: GoModule, program: string): string {
  const source = join(import.meta.dirname, 'go', program)
  const folder = createModule(module, importsOf(readFileSync(join(source, 'main.go'), 'utf8')))
  cpSync(source, folder, { recursive: true })
  return run(folder, 'go', ['run', '.'])
}

/** The checksum of a module as go.sum gives it; the checksum database has vouched for it. */
export function checksumOf(module: GoModule): string {
  const answer = JSON.parse(run(tmpdir(), 'go', ['mod', 'download', '-json', `${module.module}@${module.version}`])) as { Sum: string }
  return answer.Sum
}

/**
 * An empty module that requires the one given, with that one's own replacements. Its requirements come from the module's go.mod
 * alone, so that the same version always brings the same dependencies.
 */
function createModule({ module, version }: GoModule, packages: readonly string[]): string {
  const folder = join(work, `${module}@${version}`.replaceAll('/', '-'))
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'imports.go'), `package main\n\nimport (\n${packages.map((path) => `\t_ "${path}"\n`).join('')})\n`)
  run(folder, 'go', ['mod', 'init', 'openova.io/sync-schemas'])
  run(folder, 'go', ['mod', 'edit', `-require=${module}@${version}`, ...replacements({ module, version })])
  run(folder, 'go', ['mod', 'download', module])
  return folder
}

function replacements({ module, version }: GoModule): string[] {
  const answer = JSON.parse(run(tmpdir(), 'go', ['mod', 'download', '-json', `${module}@${version}`])) as { GoMod: string }
  const file = JSON.parse(run(tmpdir(), 'go', ['mod', 'edit', '-json', answer.GoMod])) as {
    Replace?: { Old: { Path: string; Version?: string }; New: { Path: string; Version?: string } }[] | null
  }
  return (file.Replace ?? []).flatMap(({ Old, New }) => {
    const old = Old.Version === undefined ? Old.Path : `${Old.Path}@${Old.Version}`
    // Kubernetes keeps its libraries beside it and publishes them as v0.
    if (New.Path.startsWith('./staging/')) return [`-replace=${old}=${Old.Path}@${version.replace(/^v1/, 'v0')}`]
    return New.Version === undefined ? [] : [`-replace=${old}=${New.Path}@${New.Version}`]
  })
}

function controllerGen(): string {
  const folder = join(work, 'bin')
  run(tmpdir(), 'go', ['install', 'sigs.k8s.io/controller-tools/cmd/controller-gen@v0.21.0'], { GOBIN: folder })
  return join(folder, 'controller-gen')
}

function importsOf(program: string): string[] {
  return [...program.matchAll(/^\t(?:\w+ )?"([^"]+\.[^"]+\/[^"]+)"$/gm)].map(([, path = '']) => path)
}

function run(cwd: string, command: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): string {
  return execFileSync(command, args, {
    cwd,
    encoding: 'utf8',
    maxBuffer: 1 << 30,
    stdio: 'pipe',
    env: { ...process.env, GOFLAGS: '-mod=mod', GOWORK: 'off', ...env },
  })
}
