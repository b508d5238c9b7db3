import type { Catalog, Component } from '../contract.ts'
import type { Finding } from '../finding.ts'
import type { Plan, PlatformSpec, RegionPlan, StagePlan, UnitPlan } from '../model.ts'
import { stages, type UnitName } from '../names.ts'
import { present } from '../nouns.ts'
import { getIn } from '../paths.ts'
import { answerNeeds, type Tenant } from './answer.ts'
import { type Choice, choose } from './choose.ts'
import { evaluate, type Rendered } from './evaluate.ts'
import { describePlaces, type Place } from './facts.ts'
import { deriveOrder, reduceEdges, sortUnits } from './order.ts'
import { valuesOfUnit } from './settings.ts'

/**
 * What will be installed, as plain data: who is chosen and why, what each asks for and is granted, what it renders, in which order.
 * Findings carry paths in the spec. Without a plan, one of them is an error.
 */
export function createPlan(spec: PlatformSpec, catalog: Catalog): { plan?: Plan; findings: Finding[] } {
  const places = describePlaces(spec)
  const { choice, findings } = choose(spec, catalog, places)
  if (findings.length > 0) return { findings }

  const regions = planRegions({ spec, catalog, choice, places, regional: true })
  const settled = spec.spec.regions.every(({ components }) => Object.keys(components).length === 0)
  const baseline = settled ? regions : planRegions({ spec, catalog, choice, places, regional: false })
  const platform = places[0]!.platform
  return { plan: { platform, spec, regions, baseline }, findings: [...findings, ...problems(spec, choice, places)] }
}

interface Inputs {
  spec: PlatformSpec
  catalog: Catalog
  choice: Choice
  places: readonly Place[]
  /** Whether settings under a region count. */
  regional: boolean
}

function planRegions({ spec, catalog, choice, places, regional }: Inputs): RegionPlan[] {
  const settled = places.map((place) => ({ place, tenants: choice.units.map((unit) => tenantOf(unit, place, { spec, choice, regional })) }))
  return settled.map(({ place, tenants }) => {
    const peers = settled.find((other) => other.place !== place)?.tenants ?? []
    const answers = answerNeeds(tenants, peers, catalog)
    const rendered = evaluate(tenants, answers, { spec, regional })
    const edges = deriveOrder(choice.units, rendered, answers)
    const dependsOn = reduceEdges(edges)
    const units = tenants.map(({ unit, facts }): UnitPlan => {
      return {
        name: unit.name,
        definition: unit,
        reason: choice.reasons.get(unit.name) ?? 'product',
        values: facts.values as Record<string, unknown>,
        namespace: describeNamespace(unit),
        stages: stagePlans(unit.name, rendered.get(unit.name), dependsOn),
        needs: answers.filter(({ consumer }) => consumer === unit.name),
        claims: answers.filter(({ owner }) => owner === unit.name),
      }
    })
    return {
      region: place.region,
      units: sortUnits(
        units.filter((unit) => unit.stages.length > 0),
        edges,
      ),
    }
  })
}

function tenantOf(
  unit: Component,
  place: Place,
  { spec, choice, regional }: { spec: PlatformSpec; choice: Choice; regional: boolean },
): Tenant {
  const values = valuesOfUnit(unit, { spec, products: choice.products, region: regional ? place.region.name : undefined })
  return { unit, namespace: describeNamespace(unit).name, facts: { ...place, values, has: choice.has } }
}

function stagePlans(name: UnitName, rendered: Rendered | undefined, dependsOn: ReturnType<typeof reduceEdges>): StagePlan[] {
  return stages.flatMap((stage): StagePlan[] => {
    const edges = dependsOn.get(`${name}/${stage}`)
    if (edges === undefined) return []
    return [
      {
        name: `${name}/${stage}`,
        stage,
        releases: stage === 'install' ? (rendered?.releases ?? []) : [],
        resources: rendered?.resources.get(stage) ?? [],
        dependsOn: edges,
      },
    ]
  })
}

function describeNamespace({ namespace }: Component): UnitPlan['namespace'] {
  return typeof namespace === 'string' ? { name: namespace, podSecurity: 'restricted' } : namespace
}

/** What components say of their own values, once where the platform set them, or where the region did. */
function problems(spec: PlatformSpec, choice: Choice, places: readonly Place[]): Finding[] {
  const seen = new Set<string>()
  return choice.units.flatMap((unit) =>
    places.flatMap((place, index) => {
      const { facts } = tenantOf(unit, place, { spec, choice, regional: true })
      return present(unit.check?.(facts) ?? []).flatMap(({ at, severity = 'error', message, fix }): Finding[] => {
        const regional = `spec.regions[${index}].components.${unit.name}.values`
        const inRegion = getIn(spec.spec.regions[index]?.components[unit.name]?.values, at) !== undefined
        const path = `${inRegion ? regional : `spec.components.${unit.name}.values`}${at === '' ? '' : `.${at}`}`
        const finding: Finding = { code: 'component-check', severity, file: '', at: path, message, fix }
        if (seen.has(JSON.stringify(finding))) return []
        seen.add(JSON.stringify(finding))
        return [finding]
      })
    }),
  )
}
