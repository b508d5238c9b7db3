import { readFileSync } from 'node:fs'
import { setFlagsFromString } from 'node:v8'
import { zstdDecompressSync } from 'node:zlib'

let module: WebAssembly.Module | undefined

/** kubeconform, decompressed and compiled once per process. */
export function loadModule(): WebAssembly.Module {
  module ??= compile(readFileSync(new URL('../wasm/kubeconform.wasm.zst', import.meta.url)))
  return module
}

/**
 * V8 translates a function better after it ran for a while. At its usual haste it spends half of our start on functions that run only
 * then; with ten times the patience the start takes half the time, and long runs take the same.
 */
function compile(artifact: Buffer): WebAssembly.Module {
  setFlagsFromString('--wasm-tiering-budget=150000000')
  return new WebAssembly.Module(zstdDecompressSync(artifact))
}
