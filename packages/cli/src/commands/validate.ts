import { relative, resolve, sep } from 'node:path'
import { hasErrors } from '@openova/core'
import type { Finding } from '@openova/core'
import { printReport } from '@openova/report'
import { validateTree } from '@openova/validate'
import type { Rule } from '@openova/validate'
import { defineCommand, formatOf, formatOptions, platformOptions, UsageError } from '../command.ts'
import { ruleTexts, scopesOf } from '../explain/rule-texts.ts'
import { generate } from '../generate.ts'
import { findProject, followLinks, rootAbove } from '../project.ts'
import { readRepository } from '../read.ts'
import type { World } from '../world.ts'
import { previousOf, readManifest } from '../write/read.ts'

export default defineCommand({
  arguments: ['[path]'],
  options: { ...formatOptions, ...platformOptions },
  examples: [
    ['validate', 'everything that is wrong with clusters/platform.yaml and what it generates'],
    ['validate ../fleet', 'any folder of Kubernetes or Flux YAML, by the rules that hold for all of them'],
    ['validate --platform lab.yaml --json', 'another platform, for a program to read'],
    ['validate deploy --format github', 'in a job of GitHub Actions: annotations in the pull request'],
    ['validate --format sarif > openova.sarif', 'for code scanning; junit for the test report of a CI server'],
  ],

  async run({ options, arguments: [path] }, world) {
    const format = formatOf(options)
    const { findings, ran } = path === undefined ? await validatePlatform(options, world) : await validateFolder(path, options, world)
    world.print(printReport(findings, format, { rules: ruleTexts(findings, ran), paint: world.paint }))
    return hasErrors(findings) ? 1 : 0
  },
})

interface Judged {
  findings: Finding[]
  ran: Rule['on'][]
}
interface Options {
  platform?: string
  out?: string
}

async function validatePlatform(options: Options, world: World): Promise<Judged> {
  const project = findProject(world.folder, options)
  const place = { disk: world.disk, output: project.output }
  const generated = await generate(project, world, { previous: previousOf(readManifest(place), place) })
  return { findings: generated.findings, ran: scopesOf(generated, { disk: false }) }
}

/** A folder that we did not generate; it may lie outside of any project. */
async function validateFolder(path: string, { platform, out }: Options, { folder, disk, schemaCheck }: World): Promise<Judged> {
  if (platform !== undefined || out !== undefined) throw new UsageError('--platform and --out cannot stand together with a path')
  const root = followLinks(resolve(folder, path))
  const kind = disk.kind(root)
  if (kind !== 'folder')
    throw new UsageError(`${path} is ${kind ? 'no folder' : 'not there'}, expected a folder with Kubernetes or Flux YAML`)

  const { tree, findings: unread } = readRepository(root, disk)
  const name = nameFrom(folder, path)
  const invalid = validateTree(tree, { checkObjects: await schemaCheck(rootAbove(folder)) })
  const findings = [...unread, ...invalid].map((finding) => ({ ...finding, file: `${name}${finding.file}` }))
  return { findings, ran: ['object', 'tree'] }
}

/** How its files begin: from where it was called, as reports need it; as it was named where it lies elsewhere. */
function nameFrom(folder: string, path: string): string {
  const name = relative(folder, resolve(folder, path))
  if (name === '') return ''
  return `${(name.startsWith('..') ? path : name).replaceAll(sep, '/').replace(/\/+$/, '')}/`
}
