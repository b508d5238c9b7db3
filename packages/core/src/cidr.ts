/** An IPv4 range; `first` and `last` are its addresses as numbers. */
export interface Cidr {
  first: number
  last: number
  prefix: number
}

/** Undefined for anything but a range in its own form: `10.0.1.0/16` is none, since its network is `10.0.0.0/16`. */
export function parseCidr(text: string): Cidr | undefined {
  const [, address, length] = /^([\d.]+)\/(\d|[12]\d|3[0-2])$/.exec(text) ?? []
  const first = address === undefined ? undefined : parseAddress(address)
  if (first === undefined) return undefined
  const prefix = Number(length)
  const size = 2 ** (32 - prefix)
  return first % size === 0 ? { first, last: first + size - 1, prefix } : undefined
}

export const cidrsOverlap = (a: Cidr, b: Cidr): boolean => a.first <= b.last && b.first <= a.last
export const cidrContains = (outer: Cidr, inner: Cidr): boolean => outer.first <= inner.first && inner.last <= outer.last

/** The smallest range that holds both. */
export function commonCidr(a: Cidr, b: Cidr): Cidr {
  let prefix = Math.min(a.prefix, b.prefix)
  while (Math.floor(a.first / 2 ** (32 - prefix)) !== Math.floor(b.first / 2 ** (32 - prefix))) prefix -= 1
  const size = 2 ** (32 - prefix)
  const first = Math.floor(a.first / size) * size
  return { first, last: first + size - 1, prefix }
}

export const formatCidr = ({ first, prefix }: Cidr): string => `${formatAddress(first)}/${prefix}`

/** Undefined for anything but four decimal numbers; a leading zero is refused, since some would read it as octal. */
export function parseAddress(text: string): number | undefined {
  const parts = text.split('.')
  if (parts.length !== 4 || !parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256)) return undefined
  return parts.reduce((sum, part) => sum * 256 + Number(part), 0)
}

export const formatAddress = (address: number): string => [24, 16, 8, 0].map((bits) => Math.floor(address / 2 ** bits) % 256).join('.')
