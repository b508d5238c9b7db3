import { readFileSync } from 'node:fs'
import { zstdDecompressSync } from 'node:zlib'

let module: WebAssembly.Module | undefined

/** kubeconform, decompressed and compiled once per process. */
export function loadModule(): WebAssembly.Module {
  module ??= new WebAssembly.Module(zstdDecompressSync(readFileSync(new URL('../wasm/kubeconform.wasm.zst', import.meta.url))))
  return module
}
