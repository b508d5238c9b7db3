/** As much of the binary format of WebAssembly as scripts/snapshot.ts needs. */
export interface Section {
  id: number
  body: Uint8Array
}

export const section = { custom: 0, memory: 5, global: 6, export: 7, data: 11 }

const header = 8

/** Without custom sections, which are about debugging. */
export function parseModule(wasm: Uint8Array): Section[] {
  const reader = new Reader(wasm, header)
  const sections: Section[] = []
  while (reader.at < wasm.length) sections.push({ id: reader.byte(), body: reader.take(reader.unsigned()) })
  return sections.filter(({ id }) => id !== section.custom)
}

export function encodeModule(sections: readonly Section[]): Uint8Array {
  const start = Buffer.from('\0asm\u0001\0\0\0', 'latin1')
  return Buffer.concat([start, ...sections.flatMap(({ id, body }) => [Buffer.from([id, ...unsigned(body.length)]), body])])
}

export class Reader {
  at: number
  readonly #bytes: Uint8Array

  constructor(bytes: Uint8Array, at = 0) {
    this.#bytes = bytes
    this.at = at
  }

  byte(): number {
    const byte = this.#bytes[this.at++]
    if (byte === undefined) throw new Error('the module ends too early')
    return byte
  }

  take(length: number): Uint8Array {
    return this.#bytes.subarray(this.at, (this.at += length))
  }

  unsigned(): number {
    return Number(BigInt.asUintN(32, this.signed(false)))
  }

  /** LEB128. */
  signed(sign = true): bigint {
    let value = 0n
    for (let shift = 0n; ; shift += 7n) {
      const byte = this.byte()
      value |= BigInt(byte & 0x7f) << shift
      if (byte < 0x80) return sign && byte >= 0x40 ? value - (1n << (shift + 7n)) : value
    }
  }
}

export function readVector<T>(body: Uint8Array, read: (reader: Reader) => T): T[] {
  const reader = new Reader(body)
  return Array.from({ length: reader.unsigned() }, () => read(reader))
}

export function vector(items: readonly (Uint8Array | readonly number[])[]): Uint8Array {
  return Buffer.concat([Buffer.from(unsigned(items.length)), ...items.map((item) => Buffer.from(item))])
}

export function unsigned(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...unsigned(value >>> 7)]
}

export function signed(value: bigint): number[] {
  const [byte, rest] = [Number(value & 0x7fn), value >> 7n]
  return (rest === 0n && byte < 0x40) || (rest === -1n && byte >= 0x40) ? [byte] : [byte | 0x80, ...signed(rest)]
}
