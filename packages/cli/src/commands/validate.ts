import { hasErrors } from '@openova/core'
import { countFindings, printFindings, printJson } from '@openova/report'
import { defineCommand, jsonOption, platformOptions } from '../command.ts'
import { generate } from '../generate.ts'
import { findProject } from '../project.ts'
import { previousOf, readManifest } from '../write/read.ts'

export default defineCommand({
  options: { ...platformOptions, ...jsonOption },
  examples: [
    ['openova validate', 'everything that is wrong with clusters/platform.yaml and what it generates'],
    ['openova validate --platform lab.yaml --json', 'another platform, for a program to read'],
  ],

  async run({ options }, world) {
    const project = findProject(world.folder, options)
    const place = { disk: world.disk, output: project.output }
    const { findings } = await generate(project, world, { previous: previousOf(readManifest(place), place) })

    if (options.json) world.print(printJson({ findings }))
    else
      world.print([findings.length > 0 && printFindings(findings, world.paint), `${countFindings(findings)}\n`].filter(Boolean).join('\n'))
    return hasErrors(findings) ? 1 : 0
  },
})
