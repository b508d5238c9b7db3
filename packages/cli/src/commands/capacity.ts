import { hasErrors } from '@openova/core'
import type { Finding } from '@openova/core'
import { describeCapacity, printCapacity, printFindings, printJson } from '@openova/report'
import { validate } from '@openova/validate'
import { defineCommand, jsonOption, platformOptions } from '../command.ts'
import { planOnly } from '../generate.ts'
import type { Generated } from '../generate.ts'
import { placeFindings } from '../place.ts'
import { findProject } from '../project.ts'
import type { Project } from '../project.ts'
import { regionsNamed } from '../regions.ts'
import type { World } from '../world.ts'

export default defineCommand({
  arguments: ['[region]'],
  options: { ...platformOptions, ...jsonOption },
  examples: [
    ['capacity', 'what every region asks for, beside what its nodes can give'],
    ['capacity region-a', 'one region'],
    ['capacity --json', 'the same for a program to read: millicores and bytes'],
  ],

  async run({ options, arguments: [region] }, world) {
    const project = findProject(world.folder, options)
    const planned = await planOnly(project, world)
    const { plan } = planned
    const report = plan && describeCapacity(regionsNamed(plan, region))
    const findings = [...planned.findings, ...(await sizeFindings(planned, project, world))]

    if (options.json) world.print(printJson({ ...report, findings }))
    else {
      if (report) world.print(printCapacity(report, world.paint))
      if (findings.length > 0) world.print(`${report ? '\n' : ''}${printFindings(findings, world.paint)}`)
    }
    return hasErrors(findings) ? 1 : 0
  },
})

/** These rules read the plan only, so nothing is rendered for them. */
async function sizeFindings({ plan, locate }: Generated, project: Project, world: World): Promise<Finding[]> {
  if (!plan) return []
  const found = validate(plan, new Map(), { catalog: await world.loadCatalog() })
  return placeFindings(
    found.filter(({ code }) => sizeRules.has(code)),
    { project, locate },
  )
}

const sizeRules: ReadonlySet<string> = new Set(['category-budget', 'region-capacity', 'pod-count'])
