import { loadModule } from './artifact.ts'
import { createHost } from './wasi.ts'

/** What kubeconform says of one document: see go/main.go. */
export interface Verdict {
  status: 'valid' | 'invalid' | 'missing-schema' | 'bad-schema' | 'internal'
  error?: string
}

export interface Document {
  /** `<apiVersion>/<Kind>`. */
  schema: string
  /** The object as JSON, on one line. */
  text: string
}

/** One running kubeconform. After any throw it is broken: start another. */
export interface Engine {
  /** Schemas by `<apiVersion>/<Kind>`. */
  addSchemas(bundle: Record<string, object>): void
  /** One verdict per document. */
  validate(documents: readonly Document[]): Verdict[]
}

interface Exports {
  memory: WebAssembly.Memory
  alloc: (size: number) => number
  free: (pointer: number) => void
  add_schemas: (pointer: number, length: number) => bigint
  validate: (pointer: number, length: number) => bigint
}

interface Answer {
  internalError?: string
  verdicts?: Verdict[]
}

export function startEngine(): Engine {
  const module = loadModule()
  const host = createHost(module, afterStart)
  const go = new WebAssembly.Instance(module, { wasi_snapshot_preview1: host.imports }).exports as unknown as Exports
  host.attach(go.memory)

  return {
    addSchemas: (bundle) => void call(go.add_schemas, JSON.stringify(bundle)),
    validate: (documents) => call(go.validate, documents.map(toInput).join('\n')).verdicts ?? [],
  }

  function call(run: (pointer: number, length: number) => bigint, input: string): Answer {
    const answer = attempt(() => {
      const bytes = new TextEncoder().encode(input)
      const pointer = go.alloc(bytes.length)
      // The memory may have grown, which detaches every earlier view of it.
      new Uint8Array(go.memory.buffer).set(bytes, pointer >>> 0)
      const result = run(pointer, bytes.length)
      go.free(pointer)
      return readAnswer(result)
    })
    if (answer.internalError !== undefined) throw new Error(answer.internalError)
    return answer
  }

  function readAnswer(result: bigint): Answer {
    const pointer = Number(BigInt.asUintN(64, result) >> 32n)
    const length = Number(BigInt.asUintN(32, result))
    const text = new TextDecoder().decode(new Uint8Array(go.memory.buffer, pointer, length))
    go.free(pointer)
    return JSON.parse(text) as Answer
  }

  /** Adds to a failure the first line that Go printed before it. */
  function attempt<T>(run: () => T): T {
    try {
      return run()
    } catch (cause) {
      const said = host.takeOutput().trim().split('\n')[0]
      throw new Error([cause instanceof Error ? cause.message : String(cause), said].filter(Boolean).join(': '), { cause })
    }
  }
}

/** Nanoseconds: later than any time that Go saw before its state became a part of the module, see scripts/snapshot.ts. */
const afterStart = 1_000_000_000n

const toInput = ({ schema, text }: Document): string => `${JSON.stringify(schema)}\n${text}`
