import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'

/** Changes with everything that can change a verdict: kubeconform itself, and what is around it here. For who keeps verdicts. */
export function engineIdentity(): string {
  const files = readdirSync(here).toSorted()
  const hash = createHash('sha256').update(readFileSync(new URL('../wasm/kubeconform.wasm.zst', here)))
  for (const file of files) hash.update(`${file}\0`).update(readFileSync(new URL(file, here)))
  return hash.digest('hex')
}

const here = new URL('.', import.meta.url)
