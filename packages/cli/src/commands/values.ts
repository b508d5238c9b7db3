import { hasErrors, joinPath, productNames } from '@openova/core'
import type { Plan, UnitName } from '@openova/core'
import { printFindings, printJson } from '@openova/report'
import type { Paint } from '@openova/report'
import { defineCommand, jsonOption, platformOptions, unknownWord } from '../command.ts'
import { planOnly } from '../generate.ts'
import type { Generated } from '../generate.ts'
import { findOrigins } from '../origin/origins.ts'
import type { Origin, ReleaseOrigins } from '../origin/origins.ts'
import { findProject } from '../project.ts'
import type { Project } from '../project.ts'

export default defineCommand({
  arguments: ['<region>', '<component>'],
  options: { ...platformOptions, ...jsonOption },
  examples: [
    ['values region-a harbor', "Harbor's merged Helm values, each with the line that sets it"],
    ['values region-b grafana --json', 'the same for a program to read'],
  ],

  async run({ options, arguments: [region = '', component = ''] }, world) {
    const project = findProject(world.folder, options)
    const planned = await planOnly(project, world)
    if (!planned.plan || !planned.spec || hasErrors(planned.findings)) {
      world.print(options.json ? printJson({ findings: planned.findings }) : printFindings(planned.findings, world.paint))
      return 1
    }

    const unit = findUnit(planned.plan, region, component)
    const releases = findOrigins({ spec: planned.spec, catalog: await world.loadCatalog(), region, unit })
    const places = placer(unit, planned, project)
    if (options.json) world.print(printJson({ region, component, releases: releases.map((release) => toData(release, places)) }))
    else world.print(releases.map((release) => toText(release, places, world.paint)).join('\n') || `${component} has no Helm release\n`)
    return 0
  },
})

function findUnit(plan: Plan, region: string, component: string): UnitName {
  const found = plan.regions.find((one) => one.region.name === region)
  if (!found) throw unknownWord('region', region, plan.platform.regions)

  const names = found.units.map(({ name }) => name)
  const unit = names.find((name) => name === component)
  if (!unit) throw unknownWord('component', component, names)
  return unit
}

/** Where an origin stands: the line of the setting, or the source of the component or product. */
function placer(unit: UnitName, { locate }: Generated, project: Project): (origin: Origin) => string {
  const group = productNames.some((product) => product === unit) ? 'products' : 'components'
  return ({ layer, setting }) => {
    if (layer === 'defaults') return `${group}/${unit}/src/index.ts`
    if (setting?.source) return setting.source
    const at = setting && locate?.(joinPath('', setting.keys))
    return at ? `${project.platform.name}:${at.line}:${at.column}` : `${project.platform.name} (${layer})`
  }
}

const toData = ({ release, values }: ReleaseOrigins, placeOf: (origin: Origin) => string) => ({
  release,
  values: values.map((origin) => ({
    key: origin.key,
    value: origin.value,
    layer: origin.layer,
    origin: placeOf(origin),
    ...(origin.setting && { setting: joinPath('', origin.setting.keys) }),
  })),
})

/** `key: value`, then the origin; a key that reaches into the second column has its origin right behind it. */
function toText({ release, values }: ReleaseOrigins, placeOf: (origin: Origin) => string, { bold, dim }: Paint): string {
  const lines = values.map((origin) => {
    const said = `  ${origin.key}: ${shorten(JSON.stringify(origin.value))}`
    const place = placeOf(origin)
    return `${said.padEnd(column - 2)}  ${origin.layer === 'defaults' ? dim(place) : place}\n`
  })
  return `${bold(release)}\n${lines.join('')}`
}

const column = 64
const shorten = (text: string) => (text.length > 60 ? `${text.slice(0, 57)}...` : text)
