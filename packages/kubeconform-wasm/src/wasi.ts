const ok = 0
const badDescriptor = 8

/** The host ended the program: Go died, and said why on stderr. */
export class Exit extends Error {}

export interface Host {
  imports: WebAssembly.ModuleImports
  /** To be called once, with the memory that the instance exports. */
  attach(memory: WebAssembly.Memory): void
  /** What was written to stdout and stderr since the last time. */
  takeOutput(): string
}

/**
 * The part of WASI preview 1 that a Go program needs to live: no files, no arguments, no environment, no network. Its clock moves
 * only when it is read and its random numbers are a sequence, so that the same calls always give the same answers.
 */
export function createHost(module: WebAssembly.Module, start = 0n): Host {
  let memory: WebAssembly.Memory
  let output = ''
  let now = start
  let random = 0
  const view = () => new DataView(memory.buffer)

  const functions: Record<string, (...args: never[]) => number> = {
    args_sizes_get: empty,
    args_get: () => ok,
    environ_sizes_get: empty,
    environ_get: () => ok,
    sched_yield: () => ok,

    clock_time_get(_clock: number, _precision: bigint, result: number) {
      view().setBigUint64(result, (now += 1000n), true)
      return ok
    },

    random_get(start: number, length: number) {
      const bytes = new Uint8Array(memory.buffer, start, length)
      for (let i = 0; i < length; i++) bytes[i] = random++
      return ok
    },

    fd_write(descriptor: number, vectors: number, count: number, written: number) {
      if (descriptor !== 1 && descriptor !== 2) return badDescriptor
      const memoryView = view()
      let total = 0
      for (let at = vectors; at < vectors + count * 8; at += 8) {
        const length = memoryView.getUint32(at + 4, true)
        output += new TextDecoder().decode(new Uint8Array(memory.buffer, memoryView.getUint32(at, true), length))
        total += length
      }
      memoryView.setUint32(written, total, true)
      return ok
    },

    // A sleep moves the clock to its end.
    poll_oneoff(subscriptions: number, events: number, count: number, happened: number) {
      const memoryView = view()
      for (let i = 0; i < count; i++) {
        const [subscription, event] = [subscriptions + i * 48, events + i * 32]
        const timeout = memoryView.getBigUint64(subscription + 24, true)
        const absolute = memoryView.getUint16(subscription + 40, true) === 1
        if (memoryView.getUint8(subscription + 8) === 0) now = absolute ? max(now, timeout) : now + timeout
        new Uint8Array(memory.buffer, event, 32).fill(0)
        memoryView.setBigUint64(event, memoryView.getBigUint64(subscription, true), true)
        memoryView.setUint8(event + 10, memoryView.getUint8(subscription + 8))
      }
      memoryView.setUint32(happened, count, true)
      return ok
    },

    proc_exit(code: number) {
      throw new Exit(`it exited with code ${code}`)
    },
  }

  function empty(count: number, size: number): number {
    view().setUint32(count, 0, true)
    view().setUint32(size, 0, true)
    return ok
  }

  const names = WebAssembly.Module.imports(module).map(({ name }) => name)
  return {
    imports: Object.fromEntries(names.map((name) => [name, functions[name] ?? (() => badDescriptor)])),
    attach(exported) {
      memory = exported
    },
    takeOutput() {
      const taken = output
      output = ''
      return taken
    },
  }
}

const max = (a: bigint, b: bigint): bigint => (a > b ? a : b)
