import { compareText, getIn, isMap } from '@openova/core'
import type { Finding } from '@openova/core'
import { schemaPath } from '@openova/schemas'
import type { Project } from '../project.ts'
import type { Disk } from '../write/disk.ts'
import { broughtFolder, extraFolder, inProject } from './folder.ts'

/** A kind that can be checked. */
export interface Listed {
  kind: string
  apiVersion: string
  file: string
  /** The package that it is derived from and its version; absent where a user added it. */
  source?: string
  version?: string
  /** A user's own counts instead of the one that OpenOva brings. */
  replaces?: true
}
export interface Listing {
  schemas: Listed[]
  findings: Finding[]
}

/** Every kind once, as the validator sees it. */
export function listSchemas(project: Project, disk: Disk): Listing {
  const brought = listBrought(project, disk)
  const extra = listExtra(project, disk)
  const own = new Set(extra.schemas.map(idOf))
  const known = new Set(brought.schemas.map(idOf))
  const schemas = [
    ...brought.schemas.filter((schema) => !own.has(idOf(schema))),
    ...extra.schemas.map((schema): Listed => ({ ...schema, ...(known.has(idOf(schema)) && { replaces: true }) })),
  ]
  return { schemas: schemas.toSorted((a, b) => compareText(idOf(a), idOf(b))), findings: [...brought.findings, ...extra.findings] }
}

const idOf = ({ apiVersion, kind }: Listed) => `${apiVersion}\0${kind}`

function listBrought(project: Project, disk: Disk): Listing {
  const file = 'schemas/SOURCES.json'
  if (disk.kind(inProject(project, file)) !== 'file') return { schemas: [], findings: [] }
  const sources = readJson(file, project, disk)
  if (!isMap(sources)) return { schemas: [], findings: [broken(file)] }
  const schemas = Object.values(sources).flatMap((source): Listed[] => {
    const { package: name, version, kinds } = isMap(source) ? source : {}
    return (Array.isArray(kinds) ? kinds : []).map((name_) => listed(String(name_), { source: String(name), version: String(version) }))
  })
  return { schemas, findings: [] }
}

/** `cert-manager.io/v1/Issuer`; the group of core kinds is `core`. */
function listed(name: string, source: Pick<Listed, 'source' | 'version'>): Listed {
  const [group = '', version = '', kind = ''] = name.split('/')
  const apiVersion = group === 'core' ? version : `${group}/${version}`
  return { kind, apiVersion, file: `${broughtFolder}/${schemaPath(apiVersion, kind)}`, ...source }
}

function listExtra(project: Project, disk: Disk): Listing {
  const listing: Listing = { schemas: [], findings: [] }
  walk(extraFolder)
  return listing

  function walk(folder: string) {
    for (const { name, kind } of disk.entries(inProject(project, folder)).toSorted((a, b) => compareText(a.name, b.name))) {
      const file = `${folder}/${name}`
      if (kind === 'folder') walk(file)
      else if (kind === 'file' && name.endsWith('.json')) read(file)
    }
  }

  function read(file: string) {
    const schema = readJson(file, project, disk)
    const [apiVersion, kind] = [onlyWord(schema, 'apiVersion'), onlyWord(schema, 'kind')]
    if (typeof apiVersion === 'string' && typeof kind === 'string') listing.schemas.push({ kind, apiVersion, file })
    else listing.findings.push(broken(file))
  }
}

function onlyWord(schema: unknown, property: string): unknown {
  const words = getIn(schema, `properties.${property}.enum`)
  return Array.isArray(words) ? words[0] : undefined
}

function readJson(file: string, project: Project, disk: Disk): unknown {
  try {
    return JSON.parse(disk.read(inProject(project, file)).toString())
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    return undefined
  }
}

const broken = (file: string): Finding => ({
  code: 'broken-schema',
  severity: 'error',
  file,
  at: '',
  message: 'Unexpected content, expected JSON that `pnpm openova schemas add` or `pnpm sync-schemas` wrote',
  fix: `restore it with \`git checkout -- ${file}\`, or add it again`,
})
