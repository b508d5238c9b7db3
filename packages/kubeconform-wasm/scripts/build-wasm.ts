import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import { compileWasm, listModules } from './go.ts'
import { writeNotice } from './notice.ts'
import { snapshot } from './snapshot.ts'

// Builds wasm/ and NOTICE from go/. `--check` builds, compares, and writes nothing.
const root = join(import.meta.dirname, '..')
const artifact = join(root, 'wasm/kubeconform.wasm.zst')

const wasm = snapshot(compileWasm())
const modules = listModules()
const texts: Record<string, string> = { 'wasm/kubeconform.json': describe(), NOTICE: writeNotice(modules) }

if (process.argv.includes('--check')) check()
else write()

/** The digest is of what is inside: another zlib may compress the same bytes otherwise. */
function describe(): string {
  const { toolchain } = JSON.parse(readFileSync(join(root, 'wasm/kubeconform.json'), 'utf8')) as { toolchain: string }
  const sha256 = createHash('sha256').update(wasm).digest('hex')
  const names = modules.map(({ path, version }) => `${path} ${version}`)
  return `${JSON.stringify({ toolchain, modules: names, bytes: wasm.length, sha256 }, null, 2)}\n`
}

function write(): void {
  const { ZSTD_c_compressionLevel: level, ZSTD_c_windowLog: window } = constants
  writeFileSync(artifact, zstdCompressSync(wasm, { params: { [level]: 19, [window]: 25 } }))
  for (const [path, text] of Object.entries(texts)) writeFileSync(join(root, path), text)
  console.log(texts['wasm/kubeconform.json'])
}

function check(): void {
  const wrong = Object.keys(texts).filter((path) => readFileSync(join(root, path), 'utf8') !== texts[path])
  if (!wasm.equals(zstdDecompressSync(readFileSync(artifact)))) wrong.push('wasm/kubeconform.wasm.zst')
  if (wrong.length === 0) return console.log(`kubeconform.wasm: rebuilt with the same ${wasm.length} bytes`)

  for (const path of wrong)
    console.error(`packages/kubeconform-wasm/${path}\n  error stale-wasm: Unexpected content, expected what go/ builds`)
  console.error('  fix: run `pnpm --filter @openova/kubeconform-wasm build:wasm` and commit what changed')
  process.exitCode = 1
}
