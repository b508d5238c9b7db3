import { isMap } from '../paths.ts'
import type { Mistake } from './mistake.ts'
import { joinPath } from './check.ts'
import { unexpectedWord } from './words.ts'

/** What a schema cannot say of regions: their number, distinct names, and that references to them hold. */
export function checkRegions(spec: Record<string, unknown>): Mistake[] {
  if (!Array.isArray(spec.regions)) return []
  const regions: readonly unknown[] = spec.regions
  const names = namesOf(regions)
  const writeRegions = isMap(spec.writeRegions) ? Object.entries(spec.writeRegions) : []
  const references = [
    ['spec.writeRegion', spec.writeRegion] as const,
    ...writeRegions.map(([service, region]) => [joinPath('spec.writeRegions', [service]), region] as const),
  ]
  return [
    ...count(regions.length),
    ...twice(regions, 'spec.regions', 'region'),
    ...regions.flatMap((region, index) =>
      isMap(region) && Array.isArray(region.pools) ? twice(region.pools, `spec.regions[${index}].pools`, 'pool') : [],
    ),
    ...references.flatMap(([at, region]): Mistake[] =>
      typeof region !== 'string' || names.includes(region)
        ? []
        : [{ code: 'spec-schema', at, ...unexpectedWord(region, names, 'write the name of a region') }],
    ),
  ]
}

function count(regions: number): Mistake[] {
  if (regions === 1 || regions === 2) return []
  const at = regions > 2 ? 'spec.regions[2]' : 'spec.regions'
  return [
    {
      code: 'region-count',
      at,
      message: `Unexpected number of regions ${regions}, expected 1 or 2`,
      fix: regions > 2 ? 'remove the others' : 'add a region',
    },
  ]
}

function twice(items: readonly unknown[], at: string, what: string): Mistake[] {
  const names = items.map((item) => (isMap(item) && typeof item.name === 'string' ? item.name : undefined))
  return names.flatMap((name, index): Mistake[] =>
    name === undefined || names.indexOf(name) === index
      ? []
      : [
          {
            code: 'spec-schema',
            at: `${at}[${index}].name`,
            message: `Unexpected second ${what} \`${name}\`, expected distinct names`,
            fix: `rename this ${what}, or remove it`,
          },
        ],
  )
}

const namesOf = (items: readonly unknown[]): string[] =>
  items.flatMap((item) => (isMap(item) && typeof item.name === 'string' ? [item.name] : []))
