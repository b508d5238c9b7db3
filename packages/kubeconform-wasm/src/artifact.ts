import { readFileSync } from 'node:fs'
import { setFlagsFromString } from 'node:v8'
import { zstdDecompressSync } from 'node:zlib'

let module: WebAssembly.Module | undefined

/** More than comes out, so that it is written to one place. */
const chunkSize = 32 << 20

/** kubeconform, decompressed and compiled once per process. */
export function loadModule(): WebAssembly.Module {
  module ??= compile(readFileSync(new URL('../wasm/kubeconform.wasm.zst', import.meta.url)))
  return module
}

/**
 * V8 translates a function better after it ran for a while. At its usual haste it spends half of a run on functions that are then
 * hardly needed; with forty times the patience runs take less, and long ones the same. That the module is valid is checked where each
 * function runs first, since most never do.
 */
function compile(artifact: Buffer): WebAssembly.Module {
  setFlagsFromString('--wasm-tiering-budget=600000000')
  setFlagsFromString('--wasm-lazy-validation')
  return new WebAssembly.Module(zstdDecompressSync(artifact, { chunkSize }))
}
