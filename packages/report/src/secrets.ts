import { dayZeroSecrets, suppliedSecrets } from '@openova/core'
import type { DayZeroSecret, Plan, SuppliedSecret } from '@openova/core'
import type { Paint } from './paint.ts'
import { printTable } from './table.ts'

export interface SecretsReport {
  regions: { name: string; supplied: SuppliedSecret[]; dayZero: DayZeroSecret[] }[]
}

/** What a person brings, in each region; everything else is generated. */
export function describeSecrets(regions: Plan['regions']): SecretsReport {
  return {
    regions: regions.map(({ region, units }) => ({
      name: region.name,
      supplied: suppliedSecrets(units),
      dayZero: dayZeroSecrets(units),
    })),
  }
}

export function printSecrets({ regions }: SecretsReport, paint: Paint): string {
  return regions
    .map(
      ({ name, dayZero, supplied }) =>
        `${paint.bold(name)}: Secrets that exist before Flux does\n${printDayZero(dayZero, paint)}\n` +
        `${paint.bold(name)}: what a person puts into its OpenBao; the stage waits for it\n${printSupplied(supplied, paint)}`,
    )
    .join('\n')
}

function printDayZero(secrets: readonly DayZeroSecret[], paint: Paint): string {
  if (secrets.length === 0) return '  none\n'
  const rows = secrets.flatMap(({ secret, keys }) => keys.map(({ key, what }, index) => [index === 0 ? secret : '', key, what]))
  return printTable([['Secret', 'key', 'what'].map(paint.dim), ...rows], { indent: '  ' })
}

function printSupplied(secrets: readonly SuppliedSecret[], paint: Paint): string {
  if (secrets.length === 0) return '  none\n'
  const rows = secrets.flatMap(({ path, stage, keys }) =>
    keys.map(({ key, what }, index) => [...(index === 0 ? [`secret/${path}`, stage] : ['', '']), key, what]),
  )
  return printTable([['path', 'stage', 'key', 'what'].map(paint.dim), ...rows], { indent: '  ' })
}
