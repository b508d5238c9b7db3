import type { Plan, RegionPlan } from '@openova/core'
import { unknownWord } from './command.ts'

/** The region that a call names, or all of them. */
export function regionsNamed({ platform, regions }: Plan, name: string | undefined): RegionPlan[] {
  const found = regions.filter(({ region }) => name === undefined || region.name === name)
  if (name !== undefined && found.length === 0) throw unknownWord('region', name, platform.regions)
  return found
}
