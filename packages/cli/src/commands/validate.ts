import { resolve } from 'node:path'
import { hasErrors } from '@openova/core'
import type { Finding } from '@openova/core'
import { countFindings, printFindings, printJson } from '@openova/report'
import { validateTree } from '@openova/validate'
import { defineCommand, jsonOption, platformOptions, UsageError } from '../command.ts'
import { generate } from '../generate.ts'
import { findProject } from '../project.ts'
import type { World } from '../world.ts'
import { previousOf, readManifest } from '../write/read.ts'
import { readRepository } from '../read.ts'

export default defineCommand({
  arguments: ['[path]'],
  options: { ...platformOptions, ...jsonOption },
  examples: [
    ['openova validate', 'everything that is wrong with clusters/platform.yaml and what it generates'],
    ['openova validate ../fleet', 'any Flux repository, by the rules that hold for all of them'],
    ['openova validate --platform lab.yaml --json', 'another platform, for a program to read'],
  ],

  async run({ options, arguments: [path] }, world) {
    const findings = path === undefined ? await validatePlatform(options, world) : validateRepository(path, world)
    if (options.json) world.print(printJson({ findings }))
    else {
      const details = findings.length > 0 ? `${printFindings(findings, world.paint)}\n` : ''
      world.print(`${details}${countFindings(findings)}\n`)
    }
    return hasErrors(findings) ? 1 : 0
  },
})

async function validatePlatform(options: { platform?: string; out?: string }, world: World): Promise<Finding[]> {
  const project = findProject(world.folder, options)
  const place = { disk: world.disk, output: project.output }
  const { findings } = await generate(project, world, { previous: previousOf(readManifest(place), place) })
  return findings
}

function validateRepository(path: string, { folder, disk }: World): Finding[] {
  const root = resolve(folder, path)
  if (disk.kind(root) !== 'folder') throw new UsageError(`${path} is no folder, expected one with a Flux repository`)
  const name = path.replace(/\/+$/, '')
  return validateTree(readRepository(root, disk)).map((finding) => ({ ...finding, file: `${name}/${finding.file}` }))
}
