/**
 * Kubernetes quantities: `250m`, `1.5`, `2Gi`, `1500M`, `1e3`. Computed exactly (with integers), and rounded up as
 * Kubernetes does: CPU to whole millicores, memory to whole bytes. Nonsense throws; what people write is checked by schemas.
 */
export function parseCpu(quantity: string | number): number {
  return toWhole(quantity, 1000n, 'CPU', '`250m` or `1.5`')
}

/** Bytes. */
export function parseMemory(quantity: string | number): number {
  return toWhole(quantity, 1n, 'memory', '`512Mi` or `2Gi`')
}

/** Whole cores as `2`, all else as millicores, `1500m`. */
export function formatCpu(millicores: number): string {
  assertWhole(millicores)
  return millicores % 1000 === 0 ? String(millicores / 1000) : `${millicores}m`
}

/** In the largest unit that needs at most two decimals, `1.5Gi`; `parseMemory` reads the same number back. */
export function formatMemory(bytes: number): string {
  assertWhole(bytes)
  for (const [unit, size] of binary) {
    const hundredths = (BigInt(bytes) * 100n) / size
    if (hundredths >= 100n && hundredths * size === BigInt(bytes) * 100n) return `${Number(hundredths) / 100}${unit}`
  }
  return String(bytes)
}

export function isQuantity(quantity: unknown): boolean {
  return (typeof quantity === 'string' || typeof quantity === 'number') && pattern.test(String(quantity))
}

const binary = (['Ei', 'Pi', 'Ti', 'Gi', 'Mi', 'Ki'] as const).map((unit, index) => [unit, 1024n ** BigInt(6 - index)] as const)
/** Suffix -> multiplier as a fraction. */
const multipliers: ReadonlyMap<string, readonly [times: bigint, over: bigint]> = new Map<string, readonly [bigint, bigint]>([
  ['n', [1n, 10n ** 9n]],
  ['u', [1n, 10n ** 6n]],
  ['m', [1n, 1000n]],
  ['', [1n, 1n]],
  ...['k', 'M', 'G', 'T', 'P', 'E'].map((unit, index) => [unit, [1000n ** BigInt(index + 1), 1n]] as const),
  ...binary.map(([unit, size]) => [unit, [size, 1n]] as const),
])
const pattern = /^\+?(?<whole>\d*)(?:\.(?<decimals>\d*))?(?<=\d\.?)(?:[eE](?<exponent>[+-]?\d{1,2})|(?<suffix>[numkMGTPE]|[KMGTPE]i)?)$/

function toWhole(quantity: string | number, unit: bigint, what: string, examples: string): number {
  const {
    whole = '',
    decimals = '',
    exponent = '0',
    suffix = '',
  } = pattern.exec(String(quantity))?.groups ?? fail(quantity, what, examples)
  const [times, over] = multipliers.get(suffix) ?? [1n, 1n]
  const power = Number(exponent) - decimals.length
  const top = BigInt(whole + decimals) * times * unit * 10n ** BigInt(Math.max(power, 0))
  const bottom = over * 10n ** BigInt(Math.max(-power, 0))
  const result = Number((top + bottom - 1n) / bottom)
  return Number.isSafeInteger(result) ? result : fail(quantity, what, examples)
}

function assertWhole(amount: number): void {
  if (!Number.isSafeInteger(amount) || amount < 0)
    throw new Error(`Unexpected amount \`${amount}\`, expected a whole number that is not negative`)
}

function fail(quantity: string | number, what: string, examples: string): never {
  throw new Error(`Unexpected ${what} \`${quantity}\`, expected a quantity such as ${examples}`)
}
