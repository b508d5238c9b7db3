import { hasErrors } from '@openova/core'
import { printFindings, printJson, printTable } from '@openova/report'
import { defineCommand, jsonOption, unknownWord, UsageError } from '../command.ts'
import { findProject } from '../project.ts'
import { addSchemas } from '../schemas/add.ts'
import type { Added } from '../schemas/add.ts'
import { extraFolder } from '../schemas/folder.ts'
import { listSchemas } from '../schemas/list.ts'
import type { Listing } from '../schemas/list.ts'
import type { World } from '../world.ts'

export default defineCommand({
  arguments: ['[add]', '[crd.yaml...]'],
  options: {
    force: { description: `overwrite what stands in ${extraFolder} and differs` },
    ...jsonOption,
  },
  examples: [
    ['schemas', 'every kind that can be checked, and where its schema comes from'],
    ['schemas add widgets.yaml', `the kinds of a CRD, from now on: writes ${extraFolder}/<group>/<kind>_<version>.json`],
    ['schemas add --force crds/*.yaml', 'those of a newer release'],
  ],

  run({ options, arguments: [action, ...files] }, world) {
    const project = findProject(world.folder)
    if (action === undefined) {
      const listing = listSchemas(project, world.disk)
      world.print(options.json ? printJson(listing) : printListing(listing, world))
      return hasErrors(listing.findings) ? 1 : 0
    }
    if (action !== 'add') throw unknownWord('action', action, ['add'])
    if (files.length === 0) throw new UsageError('no file to add, expected one with CustomResourceDefinitions')

    const added = addSchemas(files, project, world, options.force ?? false)
    world.print(
      options.json ? printJson({ written: added.written, schemas: added.changes, findings: added.findings }) : printAdded(added, world),
    )
    return hasErrors(added.findings) ? 1 : 0
  },
})

function printListing({ schemas, findings }: Listing, { paint }: World): string {
  const head = ['kind', 'apiVersion', 'file', 'source'].map(paint.dim)
  const rows = schemas.map(({ kind, apiVersion, file, source, version, replaces }) => {
    const origin = source === undefined ? `added here${replaces ? instead : ''}` : `${source} ${version}`
    return [kind, apiVersion, file, origin]
  })
  const table = schemas.length > 0 ? printTable([head, ...rows]) : 'no schemas\n'
  return findings.length > 0 ? `${table}\n${printFindings(findings, paint)}` : table
}

function printAdded({ changes, findings, written }: Added, { paint }: World): string {
  if (!written) return printFindings(findings, paint)
  const rows = changes.map(({ change, file, apiVersion, kind, replaces }) => [
    `${signs[change]} ${file}`,
    `${apiVersion} ${kind}${change === 'unchanged' ? ', as it was' : ''}${replaces ? instead : ''}`,
  ])
  return `${printTable(rows)}\n${changes.length === 1 ? 'This kind is' : 'These kinds are'} checked from now on.\n`
}

const signs = { created: '+', updated: '~', unchanged: '=' }
const instead = ', instead of the one that OpenOva brings'
