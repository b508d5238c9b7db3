import { createPlan, hasErrors, loadSpec } from '@openova/core'
import type { Finding, LoadedSpec, Plan, PlatformSpec, Tree } from '@openova/core'
import { render } from '@openova/render'
import { validate, validateSpec } from '@openova/validate'
import type { Context } from '@openova/validate'
import { placeFindings } from './place.ts'
import type { Project } from './project.ts'
import { readPlatform } from './read.ts'
import type { World } from './world.ts'

/** What the disk knows: what the last build left, and, for those who check it, what stands there now. */
interface Known {
  previous: Context['previous']
  readDisk?: (tree: Tree) => Tree
}

/** As far as it got: each noun is absent when the one before it has an error. */
export interface Generated {
  findings: Finding[]
  spec?: PlatformSpec
  locate?: LoadedSpec['locate']
  plan?: Plan
  tree?: Tree
}

/** Spec in, tree and findings out. Nothing here writes. */
export async function generate(project: Project, world: World, { previous, readDisk }: Known): Promise<Generated> {
  const progress = reportProgress(world)
  const planned = await planOnly(project, world)
  const { plan, locate, findings } = planned
  if (!plan) return planned

  progress('rendering')
  const tree = render(plan)

  progress('validating')
  const means = { catalog: await world.loadCatalog(), checkObjects: await world.schemaCheck(project.root) }
  const invalid = validate(plan, tree, { ...means, previous, disk: readDisk?.(tree) })
  return { ...planned, tree, findings: [...findings, ...placeFindings(invalid, { project, locate })] }
}

/** The same up to the plan, for those who ask what is chosen. */
export async function planOnly(project: Project, world: World): Promise<Generated> {
  const progress = reportProgress(world)
  const catalog = await world.loadCatalog()

  progress('reading the platform spec')
  const { text, findings: unread } = readPlatform(project.platform, world.disk)
  if (text === undefined) return { findings: unread }

  const { spec, draft, locate, findings: misread } = loadSpec(text, { file: project.platform.name, catalog })
  const readable = spec ?? draft
  if (!readable) return { locate, findings: misread }

  progress('planning')
  const senseless = placeFindings(validateSpec(readable, catalog), { project, locate })
  if (!spec || hasErrors(senseless)) return { spec, locate, findings: [...misread, ...senseless] } // nothing sensible can be planned

  const { plan, findings: unplanned } = createPlan(spec, catalog)
  return { spec, locate, plan, findings: [...misread, ...placeFindings(unplanned, { project, locate })] }
}

/** Says what is going on once it has taken more than a moment. */
function reportProgress({ now, complain }: World): (doing: string) => void {
  return (doing) => {
    if (now() > 1000) complain(`${doing} ...\n`)
  }
}
