import { createHost } from '../src/wasi.ts'
import type { Reader } from './wasm-format.ts'
import { encodeModule, parseModule, readVector, section, signed, unsigned, vector, type Section } from './wasm-format.ts'

/**
 * The module as it is once its program has started: what `_initialize` left in memory and in the globals becomes what they begin with.
 * Whoever instantiates it must not start it again.
 */
export function snapshot(wasm: Uint8Array): Uint8Array {
  const sections = parseModule(wasm)
  const globals = readVector(find(sections, section.global), readGlobal)
  const { memory, values } = run(sections, globals)
  return encodeModule(
    sections.map(({ id, body }) => {
      if (id === section.memory) return { id, body: vector([limits(memory.length / pageSize)]) }
      if (id === section.global)
        return { id, body: vector(globals.map((global, i) => [...global.type, ...constant(global, values[i]), end])) }
      if (id === section.export)
        return {
          id,
          body: vector(
            exportsOf(body)
              .filter(({ name }) => name !== start)
              .map(({ bytes }) => bytes),
          ),
        }
      if (id === section.data) return { id, body: vector(runsOf(memory).map(([from, to]) => segment(from, memory.subarray(from, to)))) }
      return { id, body }
    }),
  )
}

const start = '_initialize'
const pageSize = 65_536
const [i32, i64] = [0x7f, 0x7e]
const [i32Const, i64Const, end] = [0x41, 0x42, 0x0b]

interface Global {
  type: [type: number, mutable: number]
}

function readGlobal(reader: Reader): Global {
  const type: Global['type'] = [reader.byte(), reader.byte()]
  if (type[0] !== i32 && type[0] !== i64) throw new Error(`a global of type ${type[0]}`)
  reader.byte()
  reader.signed()
  if (reader.byte() !== end) throw new Error('a global that does not begin with a constant')
  return { type }
}

/** Starts it, with every global exported. */
function run(sections: readonly Section[], globals: readonly Global[]): { memory: Uint8Array; values: bigint[] } {
  const names = globals.map((_, i) => ({ name: `global ${i}`, bytes: [...text(`global ${i}`), 3, ...unsigned(i)] }))
  const open = sections.map(({ id, body }) =>
    id === section.export ? { id, body: vector([...exportsOf(body), ...names].map(({ bytes }) => bytes)) } : { id, body },
  )
  const module = new WebAssembly.Module(encodeModule(open))
  const host = createHost(module)
  const { exports } = new WebAssembly.Instance(module, { wasi_snapshot_preview1: host.imports })
  const memory = exports.memory as WebAssembly.Memory
  host.attach(memory)
  ;(exports[start] as () => void)()
  return {
    memory: new Uint8Array(memory.buffer),
    values: names.map(({ name }) => BigInt((exports[name] as { value: number | bigint }).value)),
  }
}

function exportsOf(body: Uint8Array): { name: string; bytes: Uint8Array }[] {
  return readVector(body, (reader) => {
    const from = reader.at
    const name = new TextDecoder().decode(reader.take(reader.unsigned()))
    reader.byte()
    reader.unsigned()
    return { name, bytes: body.subarray(from, reader.at) }
  })
}

/** Everything that is not zero, in pieces with no long stretch of zeros inside. */
function runsOf(memory: Uint8Array): [from: number, to: number][] {
  const runs: [number, number][] = []
  for (let at = 0; at < memory.length; at++) {
    if (memory[at] === 0) continue
    const last = runs.at(-1)
    if (last && at - last[1] < 256) last[1] = at + 1
    else runs.push([at, at + 1])
  }
  return runs
}

const constant = ({ type }: Global, value: bigint) => [type[0] === i32 ? i32Const : i64Const, ...signed(value)]
const segment = (from: number, bytes: Uint8Array) =>
  Buffer.concat([Buffer.from([0, i32Const, ...signed(BigInt(from)), end, ...unsigned(bytes.length)]), bytes])
const limits = (pages: number) => [0, ...unsigned(pages)]
const text = (name: string) => [...unsigned(name.length), ...new TextEncoder().encode(name)]

function find(sections: readonly Section[], id: number): Uint8Array {
  const found = sections.find((one) => one.id === id)
  if (!found) throw new Error(`no section ${id}`)
  return found.body
}
