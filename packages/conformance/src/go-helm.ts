import { join } from 'node:path'
import { askInParallel, compile } from './go.ts'

const source = join(import.meta.dirname, '../go-helm')
const binary = join(import.meta.dirname, '../node_modules/.cache/conformance-helm')

export interface RenderQuestion {
  /** Path of a packed chart or of its folder. */
  chart: string
  release: string
  namespace: string
  kubeVersion: string
  /** Served besides those of Kubernetes itself. */
  apiVersions: string[]
  /** YAML text. */
  values: string
}

export interface RenderAnswer {
  objects: number
  error?: string
}

/** The questions that only Helm's engine can answer. */
export interface HelmProgram {
  render(questions: RenderQuestion[]): Promise<RenderAnswer[]>
}

/** Compiles the program in `go-helm/`, apart from `go/` because Helm brings the whole Kubernetes client. */
export async function compileHelmProgram(): Promise<HelmProgram> {
  await compile(source, binary, 'install Go 1.26 or newer, or leave out `--charts`')
  return { render: (questions) => askInParallel(binary, 'render', questions) }
}
