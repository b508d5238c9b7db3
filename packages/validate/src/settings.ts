import { getIn, type PlatformSpec } from '@openova/core'

/** A value that a chart receives; `path` is where it stands, such as `users[0].password`. */
export interface HelmValue {
  region: string
  unit: string
  release: string
  path: string
}

/** Where a person set that helm value: under the region, else under the platform; undefined where the component did. */
export function settingOf({ spec }: PlatformSpec, { region, unit, release, path }: HelmValue): string | undefined {
  const index = spec.regions.findIndex(({ name }) => name === region)
  const places = [
    { at: `spec.regions[${index}].components`, settings: spec.regions[index]?.components[unit] },
    { at: 'spec.components', settings: spec.components[unit] },
  ]
  const key = path.replaceAll(/\[(\d+)\]/g, '.$1')
  const place = places.find(({ settings }) => getIn(settings?.helmValues?.[release], key) !== undefined)
  return place && `${place.at}.${unit}.helmValues.${release}.${path}`
}
