import { compareText, growTree, type Plan, type Tree } from '@openova/core'
import { namespaceFiles } from './namespaces.ts'
import { readmeFile } from './readme/readme.ts'
import { stageFiles } from './stages.ts'
import { regionFile, syncFiles } from './sync.ts'

/**
 * Plan in, files out. Paths are relative to `clusters/`.
 *  1. `base/namespaces`: every namespace of a chosen unit
 *  2. `base/<unit>/<stage>` and `<region>/<unit>/<stage>`: what the regions share, and what each has of its own
 *  3. `<region>/<unit>/sync.yaml`: the Flux Kustomizations that apply those folders, in order
 *  4. `<region>/kustomization.yaml`: what Flux's root Kustomization applies
 *  5. `<region>/README.md`: for the people who run it
 */
export function render(plan: Plan): Tree {
  const files = [
    ...namespaceFiles(plan),
    ...stageFiles(plan),
    ...plan.regions.flatMap((region) => [...syncFiles(region, plan), regionFile(region), readmeFile(region, plan)]),
  ]
  return growTree(files.toSorted(([a], [b]) => compareText(a, b)))
}
