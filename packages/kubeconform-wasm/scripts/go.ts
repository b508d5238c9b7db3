import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface GoModule {
  path: string
  version: string
  /** Where it lies on this machine, and which of its packages are linked. */
  folder: string
  packages: string[]
}

const root = join(import.meta.dirname, '..')
const { toolchain } = JSON.parse(readFileSync(join(root, 'wasm/kubeconform.json'), 'utf8')) as { toolchain: string }

export function compileWasm(): Buffer {
  const folder = mkdtempSync(join(tmpdir(), 'kubeconform-wasm-'))
  try {
    const output = join(folder, 'kubeconform.wasm')
    go('build', '-buildmode=c-shared', '-trimpath', '-buildvcs=false', '-mod=readonly', '-ldflags=-s -w -buildid=', '-o', output, '.')
    return readFileSync(output)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** Every module of others of which a package is linked, by path. */
export function listModules(): GoModule[] {
  const format = '{{with .Module}}{{if and .Version (not .Replace)}}{{.Path}}\t{{.Version}}\t{{.Dir}}\t{{$.Dir}}{{end}}{{end}}'
  const modules = new Map<string, GoModule>()
  for (const line of go('list', '-deps', '-f', format, '.').split('\n').filter(Boolean)) {
    const [path = '', version = '', folder = '', linked = ''] = line.split('\t')
    const module = modules.get(path) ?? { path, version, folder, packages: [] }
    module.packages.push(linked)
    modules.set(path, module)
  }
  return [...modules.keys()].toSorted().map((path) => modules.get(path)!)
}

/** Exactly the recorded toolchain, whichever is installed, and nothing of the caller's settings. */
export function go(...args: string[]): string {
  const { GOFLAGS: _flags, GOEXPERIMENT: _experiment, ...rest } = process.env
  const env = { ...rest, GOTOOLCHAIN: toolchain, GOOS: 'wasip1', GOARCH: 'wasm', GOWASM: '', GOWORK: 'off', CGO_ENABLED: '0' }
  return execFileSync('go', args, { cwd: join(root, 'go'), env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] })
}
