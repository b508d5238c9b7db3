import type { Catalog, Component, Facts, Kind, Need, Product } from '../contract.ts'
import type { Finding } from '../finding.ts'
import { compareText } from '../finding.ts'
import type { PlatformSpec } from '../model.ts'
import type { ComponentName, UnitName } from '../names.ts'
import { present } from '../nouns.ts'
import type { Place } from './facts.ts'
import { valuesOfUnit } from './settings.ts'

/** Who is in the platform, and why; the same in every region. */
export interface Choice {
  units: Component[]
  products: Product[]
  reasons: ReadonlyMap<UnitName, string>
  has: Facts['has']
}

/** The mandatory components, the chosen ones, those of the products, and whatever these require, with the reason of each. */
export function choose(spec: PlatformSpec, catalog: Catalog, places: readonly Place[]): { choice: Choice; findings: Finding[] } {
  const missing = new Map<string, Finding>()
  const reasons = new Map<UnitName, string>()
  const products = present(spec.spec.products.map((name) => catalog.products.get(name)))
  const has: Facts['has'] = (name) => reasons.has(name) || products.some((product) => product.name === name)

  for (const { name, tier } of catalog.components.values()) if (tier === 'mandatory') reasons.set(name, 'mandatory')
  for (const name of Object.keys(spec.spec.components).toSorted(compareText)) {
    if (catalog.components.has(name as ComponentName) && !reasons.has(name as ComponentName)) reasons.set(name as ComponentName, 'chosen')
  }
  for (const product of products) for (const { component } of product.bundles) add(component.name, `product ${product.name}`)

  for (let before = -1; before !== reasons.size;) {
    before = reasons.size
    for (const unit of chosenUnits()) for (const requirement of requirements(unit)) require(unit, requirement)
  }
  return { choice: { units: chosenUnits(), products, reasons, has }, findings: [...missing.values()] }

  function chosenUnits(): Component[] {
    const components = [...reasons.keys()].map((name) => catalog.components.get(name as ComponentName))
    return present([...components, ...products.filter(hasServices)]).toSorted((a, b) => compareText(a.name, b.name))
  }

  function requirements(unit: Component): { owner: ComponentName | undefined; offers: string; why: string }[] {
    const asked = places.flatMap((place) => {
      const values = valuesOfUnit(unit, { spec, products, region: place.region.name })
      return neededBy(unit, { ...place, values, has }).filter(({ need }) => need.mode === 'required')
    })
    return [
      ...(unit.requires ?? []).map((owner) => ({ owner, offers: owner, why: `${unit.name} requires ${owner}` })),
      ...asked.map(({ need: { kind } }) => ({
        owner: ownerOf(kind, catalog)?.name as ComponentName | undefined,
        offers: words[kind],
        why: `${unit.name} needs ${words[kind]}`,
      })),
    ]
  }

  function require(unit: Component, { owner, offers, why }: ReturnType<typeof requirements>[number]) {
    if (owner !== undefined && catalog.components.has(owner)) return add(owner, why)
    const finding: Finding = {
      code: 'missing-requirement',
      severity: 'error',
      file: '',
      at: `spec.components.${unit.name}`,
      message: `Unexpected choice of ${unit.name} (${reasons.get(unit.name) ?? 'product'}): ${why}, and nothing in the catalog offers ${offers}`,
      fix: `take ${unit.name} out, or add a component that offers ${offers}`,
    }
    missing.set(why, finding)
  }

  function add(name: UnitName, why: string) {
    if (!reasons.has(name)) reasons.set(name, why)
  }
}

/** A product that only bundles has no folder and no namespace of its own. */
const hasServices = (product: Product): boolean =>
  (['needs', 'before', 'releases', 'install', 'setup', 'config', 'peer'] as const).some((key) => key in product)

/** What each kind of need asks for. */
const words: Readonly<Record<Kind, string>> = {
  analytics: 'an analytical database',
  bucket: 'a bucket',
  cache: 'a cache',
  client: 'a login',
  database: 'a database',
  documents: 'a database of documents',
  gpu: 'a GPU',
  host: 'a host',
  llm: 'a language model',
  secret: 'a secret',
  topic: 'a topic',
}

/** The needs of a unit, in the order of their keys. */
export function neededBy(unit: Component, facts: Facts): { key: string; need: Need }[] {
  const needs: Record<string, Need | false | undefined> = typeof unit.needs === 'function' ? unit.needs(facts) : (unit.needs ?? {})
  return Object.entries(needs)
    .flatMap(([key, need]) => (need ? [{ key, need }] : []))
    .toSorted((a, b) => compareText(a.key, b.key))
}

export function ownerOf(kind: Kind, catalog: Catalog): Component | undefined {
  return [...catalog.components.values()].find(({ serves }) => serves?.[kind] !== undefined)
}
