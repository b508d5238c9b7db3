import { execFile, spawn } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { promisify } from 'node:util'

const source = join(import.meta.dirname, '../go')
const binary = join(import.meta.dirname, '../node_modules/.cache/conformance')

export interface BuildAnswer {
  path: string
  objects: number
  error?: string
}

export interface ParseAnswer {
  name: string
  /** What Helm and kubectl read. */
  direct?: unknown
  /** What is left after kustomize has read and printed it. */
  throughKustomize?: unknown
  error?: string
}

export interface JudgeAnswer {
  name: string
  valid: boolean
  error?: string
}

/** The questions that only Go can answer. */
export interface GoProgram {
  build(directories: string[]): Promise<BuildAnswer[]>
  parse(texts: { name: string; text: string }[]): Promise<ParseAnswer[]>
  judge(files: { name: string; base64: string; schemas: string }[]): Promise<JudgeAnswer[]>
}

/** Compiles the program in `go/` (Go's own cache makes it instant the second time). */
export async function compileGoProgram(): Promise<GoProgram> {
  await compile(source, binary, 'install Go 1.26 or newer, or run the checks `values` and `resources` alone')

  return {
    build: (directories) =>
      askInParallel(
        binary,
        'kustomize',
        directories.map((path) => ({ path })),
      ),
    parse: (texts) => askInParallel(binary, 'yaml', texts),
    judge: (files) => askInParallel(binary, 'kubeconform', files),
  }
}

export async function compile(folder: string, output: string, fix: string): Promise<void> {
  mkdirSync(dirname(output), { recursive: true })
  try {
    await promisify(execFile)('go', ['build', '-o', output, '.'], { cwd: folder })
  } catch (cause) {
    throw new Error(`Go could not compile packages/conformance/${basename(folder)}: ${fix}`, { cause })
  }
}

/** One process per core: kustomize is not safe for threads. The answers come in the order of the questions. */
export async function askInParallel<Answer>(program: string, command: string, questions: object[]): Promise<Answer[]> {
  const processes = Math.min(availableParallelism(), questions.length)
  const answers = new Array<Answer>(questions.length)

  await Promise.all(
    Array.from({ length: processes }, async (_, first) => {
      const mine = questions.map((_, index) => index).filter((index) => index % processes === first)
      const lines = await ask<Answer>(
        program,
        command,
        mine.map((index) => questions[index]!),
      )
      mine.forEach((index, position) => (answers[index] = lines[position]!))
    }),
  )
  return answers
}

function ask<Answer>(program: string, command: string, questions: object[]): Promise<Answer[]> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, [command], { env: offline(process.env), stdio: ['pipe', 'pipe', 'pipe'] })
    let output = ''
    let complaint = ''
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => (output += chunk))
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => (complaint += chunk))
    child.stdin.on('error', () => {}) // the exit code tells more than EPIPE
    child.on('error', reject)
    child.on('close', (code) => {
      const lines = output.split('\n').filter(Boolean)
      if (code === 0 && lines.length === questions.length) return resolve(lines.map((line) => JSON.parse(line) as Answer))
      reject(new Error(`The Go program stopped (exit code ${code}, ${lines.length} of ${questions.length} answers): ${complaint.trim()}`))
    })
    child.stdin.end(questions.map((question) => `${JSON.stringify(question)}\n`).join(''))
  })
}

/** The tree has to build without network, so a remote resource must fail here and not in an air-gapped cluster. */
function offline(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const nowhere = 'http://127.0.0.1:9'
  return { ...env, HTTP_PROXY: nowhere, HTTPS_PROXY: nowhere, NO_PROXY: '', GIT_ALLOW_PROTOCOL: 'file' }
}
