import { hasErrors } from '@openova/core'
import { describeSecrets, printFindings, printJson, printSecrets } from '@openova/report'
import { defineCommand, jsonOption, platformOptions } from '../command.ts'
import { planOnly } from '../generate.ts'
import { findProject } from '../project.ts'
import { regionsNamed } from '../regions.ts'

export default defineCommand({
  arguments: ['[region]'],
  options: { ...platformOptions, ...jsonOption },
  examples: [
    ['secrets', 'what a person supplies, in every region: before Flux, and into OpenBao'],
    ['secrets region-a --json', 'one region, for a program to read'],
  ],

  async run({ options, arguments: [region] }, world) {
    const { plan, findings } = await planOnly(findProject(world.folder, options), world)
    const report = plan && describeSecrets(regionsNamed(plan, region))

    if (options.json) world.print(printJson({ ...report, findings }))
    else {
      if (report) world.print(printSecrets(report, world.paint))
      if (findings.length > 0) world.print(`${report ? '\n' : ''}${printFindings(findings, world.paint)}`)
    }
    return hasErrors(findings) ? 1 : 0
  },
})
