import { catalog as everything } from '@openova/catalog'
import {
  createPlan,
  type Catalog,
  type Component,
  type ComponentName,
  type Finding,
  type Plan,
  type PlacedResource,
  type PlatformSpec,
  type Stage,
  type UnitName,
} from '@openova/core'

/** The catalog with components that only a test has: a consumer that asks for what nobody asks for yet. */
export function catalogWith(...components: readonly Component[]): Catalog {
  const added = components.map((component): [ComponentName, Component] => [component.name as ComponentName, component])
  return { ...everything, components: new Map([...everything.components, ...added]) }
}

/** The objects of a unit in a region, with the stage in which each lies. */
export function objectsOf(plan: Plan, { region, unit }: { region: string; unit: UnitName }): (PlacedResource & { stage: Stage })[] {
  const units = plan.regions.find((one) => one.region.name === region)?.units ?? []
  const stages = units.find(({ name }) => name === unit)?.stages ?? []
  return stages.flatMap(({ stage, resources }) => resources.map((resource) => ({ ...resource, stage })))
}

/** What is said about the settings of one component; other components may have something to say of the same platform. */
export function findingsOn(component: UnitName, platform: PlatformSpec): Finding[] {
  const about = new RegExp(`\\.components\\.${component}(\\.|$)`)
  return createPlan(platform, everything).findings.filter(({ at }) => about.test(at))
}
