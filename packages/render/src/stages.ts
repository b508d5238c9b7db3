import { compareText, type Plan, type RegionPlan, type StageName } from '@openova/core'
import { factorObjects, factorValues } from './factor.ts'
import type { File } from './files.ts'
import { baseFiles, overlayFiles } from './folders.ts'
import { type Entries, nameFiles, objectsOf } from './objects.ts'

/** The folders of all stages: `base/<unit>/<stage>` and `<region>/<unit>/<stage>`. */
export function stageFiles(plan: Plan): File[] {
  const { platform, regions } = plan
  // With one region there is nothing to compare: all is base.
  const baseline = regions.length === 1 ? regions : plan.baseline

  return stageNames(regions).flatMap((name) => {
    const before = baseline.map((region) => entriesIn(region, name))
    const after = regions.map((region) => entriesIn(region, name))
    const { base, overlays } = factorObjects(before, after)
    const values = new Map([...base.keys()].map((id) => [id, factorValues(helmValuesIn(before, id), helmValuesIn(after, id))]))
    const stage = { name, files: nameFiles([...before, ...after]), base, values }
    return [
      ...baseFiles(stage),
      ...regions.flatMap((region, index) =>
        findStage(region, name) ? overlayFiles(stage, { region: region.region.name, index, ...overlays[index]! }) : [],
      ),
    ]
  })

  function entriesIn(region: RegionPlan, name: StageName): Entries {
    const unit = region.units.find(({ stages }) => stages.some((stage) => stage.name === name))
    return unit ? objectsOf(unit, findStage(region, name), platform) : new Map()
  }
}

const helmValuesIn = (regions: readonly Entries[], id: string) => regions.map((region) => region.get(id)?.release?.values ?? {})

const findStage = ({ units }: RegionPlan, name: StageName) => units.flatMap(({ stages }) => stages).find((stage) => stage.name === name)

function stageNames(regions: readonly RegionPlan[]): StageName[] {
  const names = regions.flatMap(({ units }) => units.flatMap(({ stages }) => stages.map(({ name }) => name)))
  return [...new Set(names)].toSorted(compareText)
}
