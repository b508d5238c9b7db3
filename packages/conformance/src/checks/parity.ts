import { isUtf8 } from 'node:buffer'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Finding } from '@openova/core'
import { createValidator } from '@openova/kubeconform-wasm'
import { loadSchemas } from '@openova/schemas'
import { parse as parseYaml } from '@openova/validate'
import { corpus } from '../corpus.ts'
import type { GoProgram } from '../go.ts'
import { getText } from '../json.ts'
import type { CheckResult, DiskTree } from '../model.ts'
import { findObjects, isKustomizationFile } from '../tree.ts'

interface Subject {
  name: string
  content: string | Uint8Array
}

/** The native kubeconform and ours in WebAssembly say the same of every object in the tree, and of every file of the corpus. */
export async function checkParity(tree: DiskTree, go: Pick<GoProgram, 'judge'>, schemas: string): Promise<CheckResult> {
  const subjects: Subject[] = [...subjectsOf(tree), ...corpus()]
  const native = await go.judge(subjects.map(({ name, content }) => ({ name, base64: Buffer.from(content).toString('base64'), schemas })))
  const ours = judge(subjects, schemas)

  const differing = subjects.flatMap((subject, index) => {
    const { valid, error } = native[index]!
    const mine = ours[index]!
    return valid === (mine === undefined) ? [] : [differs(subject, { native: error, mine })]
  })
  const refused = native.filter(({ valid }) => !valid).length
  return {
    check: 'parity',
    findings: differing,
    summary: `${subjects.length - differing.length} of ${subjects.length} files judged alike by the native kubeconform and ours (${refused} refused by the native one)`,
    notes: [],
  }
}

/** Files of whole objects, kustomize's own among them. */
function subjectsOf(tree: DiskTree): Subject[] {
  const files = new Set([...findObjects(tree).map(({ file }) => file), ...tree.files.filter(({ path }) => isKustomizationFile(path))])
  return [...files].map(({ path, text }) => ({ name: `${tree.name}/${path}`, content: text }))
}

/** What we find wrong first with each; undefined where it is valid. */
function judge(subjects: readonly Subject[], folder: string): (string | undefined)[] {
  const read = loadSchemas((path) => readIfThere(join(folder, path)))
  const validator = createValidator({
    loadSchema: (name) => {
      const slash = name.lastIndexOf('/')
      return read(name.slice(0, slash), name.slice(slash + 1))
    },
  })
  const parsed = subjects.map(({ content }) => parse(content))
  const documents = parsed.flatMap(({ objects }, file) => objects.map((object, index) => ({ file: String(file), index, object })))
  const first = new Map<string, string>()
  for (const { document, message } of validator.validate(documents)) if (!first.has(document.file)) first.set(document.file, message)
  return parsed.map(({ error }, file) => error ?? first.get(String(file)))
}

/** As `openova validate` reads a file. */
function parse(content: string | Uint8Array): { objects: readonly unknown[]; error?: string } {
  const text = typeof content === 'string' ? content : decode(content)
  if (text === undefined) return { objects: [], error: 'no UTF-8' }
  const { documents, error } = parseYaml(text)
  return error ? { objects: [], error: error.message } : { objects: documents.filter((object) => object !== null && object !== undefined) }
}

function decode(bytes: Uint8Array): string | undefined {
  return isUtf8(bytes) ? new TextDecoder().decode(bytes) : undefined
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (getText(error, 'code') === 'ENOENT') return undefined
    throw error
  }
}

function differs({ name }: Subject, { native, mine }: { native: string | undefined; mine: string | undefined }): Finding {
  return {
    code: 'verdict-differs',
    severity: 'error',
    file: name,
    at: '',
    message: `Unexpected verdict: ours is ${mine ?? 'valid'}, expected that of the native kubeconform: ${native ?? 'valid'}`,
    fix: 'mend packages/kubeconform-wasm',
  }
}
