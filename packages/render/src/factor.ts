import { isDeepStrictEqual } from 'node:util'
import { compareText, isMap } from '@openova/core'

type Values = Readonly<Record<string, unknown>>

/**
 * Helm values of one release in all regions, parted: `mergeDeep(base, overlays[i])` is `actual[i]`.
 * The base comes from the render without region-level settings, so that such a setting moves nothing in the other region's folder,
 * less any key that some region lacks, since an overlay cannot take a key away. Lists whole; null is a value.
 */
export function factorValues(baseline: readonly Values[], actual: readonly Values[]): { base: Values; overlays: Values[] } {
  const base = restrict(common(baseline), actual)
  return { base, overlays: actual.map((values) => difference(base, values)) }
}

/** An object of a stage that the regions may share. */
interface Shareable {
  object: unknown
}
/** What one region adds to the base, and what it has in place of the base's. */
export interface Overlay<T> {
  own: ReadonlyMap<string, T>
  changed: ReadonlyMap<string, T>
}

/**
 * Objects of one stage in all regions, by identity: in the base where all regions have them and the baseline has them alike,
 * written whole otherwise.
 */
export function factorObjects<T extends Shareable>(
  baseline: readonly ReadonlyMap<string, T>[],
  actual: readonly ReadonlyMap<string, T>[],
): { base: ReadonlyMap<string, T>; overlays: Overlay<T>[] } {
  const [first = new Map<string, T>(), ...others] = baseline
  const shared = [...first].filter(
    ([id, one]) => others.every((other) => sameObject(other.get(id), one)) && actual.every((region) => region.has(id)),
  )
  const base = sorted(shared)
  const overlays = actual.map((region) => ({
    own: sorted([...region].filter(([id]) => !base.has(id))),
    changed: sorted([...region].filter(([id, one]) => base.has(id) && !sameObject(base.get(id), one))),
  }))
  return { base, overlays }
}

const sorted = <T>(entries: readonly [string, T][]) => new Map(entries.toSorted(([a], [b]) => compareText(a, b)))

/** What all maps say alike. */
function common(maps: readonly Values[]): Values {
  const [first = {}, ...others] = maps
  return collect(Object.keys(first), (key) => {
    const all = [first, ...others]
    if (!all.every((map) => key in map)) return undefined
    const values = all.map((map) => map[key])
    if (values.every((value) => isDeepStrictEqual(value, values[0]))) return values[0]
    return values.every(isMap) ? unlessEmpty(common(values)) : undefined
  })
}

/** Less what some map lacks; where a region has no map at all, its overlay replaces what stands here. */
function restrict(base: Values, maps: readonly Values[]): Values {
  return collect(Object.keys(base), (key) => {
    if (!maps.every((map) => key in map)) return undefined
    const value = base[key]
    if (!isMap(value) || Object.keys(value).length === 0) return value
    return unlessEmpty(restrict(value, maps.map((map) => map[key]).filter(isMap)))
  })
}

/** What turns the base into these values. */
function difference(base: Values, values: Values): Values {
  return collect(Object.keys(values), (key) => {
    const from = base[key]
    const to = values[key]
    if (isDeepStrictEqual(from, to)) return undefined
    return isMap(from) && isMap(to) ? difference(from, to) : to
  })
}

const collect = (keys: string[], value: (key: string) => unknown): Values =>
  Object.fromEntries(keys.map((key): [string, unknown] => [key, value(key)]).filter(([, one]) => one !== undefined))

const unlessEmpty = (map: Values) => (Object.keys(map).length > 0 ? map : undefined)

const sameObject = (a: Shareable | undefined, b: Shareable | undefined) => isDeepStrictEqual(a?.object, b?.object)
