import { isUtf8 } from 'node:buffer'
import { resolve } from 'node:path'
import { hasErrors } from '@openova/core'
import type { Finding } from '@openova/core'
import type { Project } from '../project.ts'
import { notUtf8 } from '../read.ts'
import type { World } from '../world.ts'
import { isSystemError } from '../write/disk.ts'
import { replaceFile } from '../write/replace.ts'
import { readCrds } from './crds.ts'
import type { AddedSchema, ReadCrds } from './crds.ts'
import { broughtFolder, extraFolder, inProject } from './folder.ts'

/** A schema, and what becomes of its file. */
export interface Change {
  kind: string
  apiVersion: string
  file: string
  from: string
  change: 'created' | 'updated' | 'unchanged'
  /** OpenOva brings a schema of this kind, which counts no more. */
  replaces?: true
}
export interface Added {
  changes: Change[]
  findings: Finding[]
  written: boolean
}

/** All of the files, or none while one has a mistake. */
export function addSchemas(names: readonly string[], project: Project, world: World, force: boolean): Added {
  const read = names.map((name) => readFile(name, world))
  const schemas = read.flatMap((one) => one.schemas)
  const findings = read.flatMap((one) => one.findings)
  const texts = new Map<string, AddedSchema>()
  for (const schema of schemas) {
    const other = texts.get(schema.path)
    if (other && other.text !== schema.text) findings.push(secondDefinition(schema, other))
    texts.set(schema.path, other ?? schema)
  }

  const planned = [...texts.values()].map((schema) => ({ schema, ...compare(schema, project, world, force) }))
  findings.push(...planned.flatMap(({ finding }) => finding ?? []))
  const changes = planned.flatMap(({ change }) => change ?? [])
  if (hasErrors(findings)) return { changes: [], findings, written: false }

  for (const { schema, change } of planned) {
    const failed = change?.change === 'unchanged' ? undefined : write(schema, project, world)
    if (failed) return { changes, findings: [failed], written: false }
  }
  return { changes, findings, written: true }
}

function readFile(name: string, { folder, disk }: World): ReadCrds {
  try {
    const content = disk.read(resolve(folder, name))
    return isUtf8(content) ? readCrds(content.toString(), name) : { schemas: [], findings: [{ ...notUtf8(content), file: name }] }
  } catch (error) {
    if (!isSystemError(error)) throw error
    const message = `Unexpected ${error.code}, expected a file with CustomResourceDefinitions`
    return { schemas: [], findings: [{ code: 'unreadable-file', severity: 'error', file: name, at: '', message, fix: 'name a file that is there' }] }
  }
}

interface Compared {
  change?: Change
  finding?: Finding
}

function compare({ path, text, kind, apiVersion, from }: AddedSchema, project: Project, { disk }: World, force: boolean): Compared {
  const file = `${extraFolder}/${path}`
  const standing = disk.kind(inProject(project, file))
  const change = (what: Change['change']) => {
    const brought = disk.kind(inProject(project, `${broughtFolder}/${path}`)) === 'file'
    return { change: { kind, apiVersion, file, from: say(from), change: what, ...(brought && { replaces: true as const }) } }
  }
  if (standing === undefined) return change('created')
  if (standing !== 'file') return { finding: obstructed(file) }
  if (disk.read(inProject(project, file)).toString() === text) return change('unchanged')
  return force ? change('updated') : { finding: differs(file, from) }
}

function write({ path, text }: AddedSchema, project: Project, { disk }: World): Finding | undefined {
  const file = `${extraFolder}/${path}`
  try {
    replaceFile(disk, inProject(project, file), text)
    return undefined
  } catch (error) {
    if (!isSystemError(error)) throw error
    return finding('write-failed', file, `Unexpected end of writing: ${error.message}`, 'mend that and add the schemas again')
  }
}

const secondDefinition = ({ kind, apiVersion, from }: AddedSchema, other: AddedSchema): Finding => ({
  ...finding('schema-differs', from.file, `Unexpected second definition of ${apiVersion} ${kind}, expected one; the first is in ${say(other.from)}`, 'leave one of the two out'),
  line: from.line,
})

const differs = (file: string, from: AddedSchema['from']): Finding =>
  finding('schema-differs', file, `Unexpected schema that is another than that of ${say(from)}, expected none or the same`, 'compare the two, then overwrite it with `pnpm openova schemas add --force`')

const say = ({ file, line }: AddedSchema['from']) => `${file}:${line}`

const obstructed = (file: string): Finding =>
  finding('foreign-file', file, 'Unexpected folder or link, expected none where a schema will be written', 'move it out of the way')

function finding(code: string, file: string, message: string, fix: string): Finding {
  return { code, severity: 'error', file, at: '', message, fix }
}
