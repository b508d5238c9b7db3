import type { Catalog, Component } from '../contract.ts'
import { compareText } from '../finding.ts'
import { aLaCarteNames, mandatoryNames, productNames } from '../names.ts'
import { isMap } from '../paths.ts'
import { checkValues } from '../values.ts'
import { checkSchema, joinPath } from './check.ts'
import type { Mistake } from './mistake.ts'
import { settingsSchema } from './platform.schema.ts'
import { nearestWord, oneOf } from './words.ts'

/** Names of products and components, and what is said of them: on the platform and in its regions. */
export function checkChoices(spec: Record<string, unknown>, { components, products }: Catalog): Mistake[] {
  const units = new Map<string, Component>([...components, ...products])
  const regions: readonly unknown[] = Array.isArray(spec.regions) ? spec.regions : []
  const settings = [
    ['spec.components', spec.components] as const,
    ...regions.map((region, index) => [`spec.regions[${index}].components`, isMap(region) && region.components] as const),
  ]
  return [
    ...(Array.isArray(spec.products) ? spec.products : []).flatMap((name: unknown, index) =>
      checkProduct(name, `spec.products[${index}]`, [...products.keys()]),
    ),
    ...Object.keys(isMap(spec.writeRegions) ? spec.writeRegions : {}).flatMap((name) =>
      units.has(name) ? [] : [unknown(name, 'spec.writeRegions', [...units.keys()])],
    ),
    ...settings.flatMap(([at, named]) =>
      Object.entries(isMap(named) ? named : {}).flatMap(([name, given]) => {
        const unit = units.get(name)
        return unit ? checkSettings(unit, given, joinPath(at, [name])) : [unknown(name, at, [...units.keys()])]
      }),
    ),
  ]
}

function checkProduct(name: unknown, at: string, known: readonly string[]): Mistake[] {
  return typeof name !== 'string' || known.includes(name) ? [] : [{ ...explain(name, known, productNames), code: 'unknown-product', at }]
}

function unknown(name: string, at: string, known: readonly string[]): Mistake {
  return {
    ...explain(name, known, [...mandatoryNames, ...aLaCarteNames, ...productNames]),
    code: 'unknown-component',
    at: joinPath(at, [name]),
    key: true,
  }
}

/** The nearest known word; a long list is cut short. */
function explain(name: string, known: readonly string[], planned: readonly string[]): { message: string; fix: string } {
  if (planned.includes(name))
    return { message: `Unexpected \`${name}\`, which is not available yet`, fix: 'remove it; `pnpm openova list` shows what there is' }
  const meant = nearestWord(name, known)
  const words = known.toSorted(compareText)
  const expected = words.length > 12 ? 'a name that `pnpm openova list` shows' : oneOf(words)
  return {
    message: `Unexpected \`${name}\`, expected ${expected}`,
    fix: meant === undefined ? 'remove it; `pnpm openova list` shows what there is' : `did you mean \`${meant}\`?`,
  }
}

function checkSettings(unit: Component, settings: unknown, at: string): Mistake[] {
  const mistakes = checkSchema(settingsSchema, settings).map(({ path, key, ...problem }): Mistake => {
    const fix = key && path.length === 1 ? misplaced(unit, path[0] ?? '') : undefined
    return { code: 'spec-schema', at: joinPath(at, path), key, ...problem, ...(fix !== undefined && { fix }) }
  })
  const values = isMap(settings) && isMap(settings.values) ? settings.values : {}
  const all = [...mistakes, ...checkValues(unit.values.schema, values, `${at}.values`)]
  return unit.tier === 'mandatory' ? all.map((mistake) => keepMandatory(unit, settings, mistake)) : all
}

/** However a person tries to switch a mandatory component off, the answer is the same. */
function keepMandatory({ name }: Component, settings: unknown, mistake: Mistake): Mistake {
  const isSwitch = mistake.key && /(^|\.)(enabled?|disabled?|install(ed)?|present|state|skip)$/i.test(mistake.at)
  if (settings !== false && !isSwitch) return mistake
  return {
    ...mistake,
    code: 'mandatory-set',
    message: `Unexpected attempt to switch ${name} off, expected it in every region: it is one of the ${mandatoryNames.length} mandatory components`,
    fix: 'remove it: a mandatory component cannot be turned off',
  }
}

function misplaced({ name, tier, values }: Component, key: string): string | undefined {
  const own = Object.keys((values.schema as { properties?: object }).properties ?? {})
  if (own.includes(key)) return `put it below \`values\`: \`values: { ${key}: ... }\``
  if (key !== 'enabled' || tier === 'mandatory') return undefined
  return `remove it: naming \`${name}\` chooses it, leaving it out does not`
}
