import { aLaCarteNames, mandatoryNames, productNames, type UnitName } from '@openova/core'

/** Where a unit is defined. */
export const sourceOf = (unit: UnitName): string => `${productSet.has(unit) ? 'products' : 'components'}/${unit}/src/index.ts`

/** The source of a file that we generated, `clusters/base/harbor/install/...`; undefined where the path does not tell. */
export function sourceOfFile(file: string): string | undefined {
  const unit = /^clusters\/[^/]+\/([^/]+)\/./.exec(file)?.[1]
  return unit !== undefined && units.has(unit) ? sourceOf(unit as UnitName) : undefined
}

const productSet: ReadonlySet<string> = new Set(productNames)
const units: ReadonlySet<string> = new Set([...mandatoryNames, ...aLaCarteNames, ...productNames])
