import Handlebars from 'handlebars'
import { compareText, dayZeroSecrets, type Plan, type RegionPlan, sharedWaits, suppliedSecrets, type UnitPlan } from '@openova/core'
import type { File } from '../files.ts'
import { describeCapacity, sizeOf } from './capacity.ts'
import { describeOrder } from './order.ts'
import { readmeTemplate } from './template.ts'

/** `<region>/README.md`: what runs in a region, what it takes, and what only a person can do. */
export function readmeFile(regionPlan: RegionPlan, plan: Plan): File {
  return [`${regionPlan.region.name}/README.md`, template()(viewOf(regionPlan, plan))]
}

/** Everything that the template says, as text. */
function viewOf(regionPlan: RegionPlan, plan: Plan) {
  const { region } = regionPlan
  const { platform } = plan
  const units = regionPlan.units.toSorted((a, b) => compareText(a.name, b.name))
  const peer = plan.regions.find((other) => other.region.name !== region.name)?.region
  return {
    region,
    platform,
    peer,
    components: units.map((unit) => ({
      ...sizeOf(unit, region),
      name: unit.name,
      namespace: unit.namespace.name,
      version: versionsOf(unit),
      reason: unit.reason,
    })),
    capacity: describeCapacity(units, region),
    hosts: hostsOf(units),
    dayZero: dayZeroSecrets(units),
    store: units.some(({ definition }) => definition.serves?.secret),
    supplied: suppliedSecrets(units),
    waits: sharedWaits(units, region, platform.regions),
    order: describeOrder(units),
    exceptions: units.filter(({ namespace }) => namespace.podSecurity !== 'restricted').map(({ namespace }) => namespace),
    k8gb: platform.loadBalancer === 'k8gb',
  }
}

const versionsOf = ({ stages }: UnitPlan) =>
  stages
    .flatMap(({ releases }) => releases.map(({ name, chart }) => `${name} ${chart.version}`))
    .toSorted(compareText)
    .join(', ') || 'no chart'

function hostsOf(units: readonly UnitPlan[]) {
  return units
    .flatMap(({ needs }) => needs.filter((need) => need.kind === 'host'))
    .map(({ grant, ask, consumer }) => ({
      url: grant.url,
      regionUrl: grant.regionUrl,
      consumer,
      audience: ask.audience ?? 'public',
      waf: ask.audience === 'internal' ? 'not public' : ask.waf ? `off: ${ask.waf.off}` : 'on',
    }))
    .toSorted((a, b) => compareText(a.url, b.url))
}

let compiled: Handlebars.TemplateDelegate<ReturnType<typeof viewOf>> | undefined

/** Compiled once, and only where a README is written. */
function template() {
  if (compiled) return compiled
  const handlebars = Handlebars.create()
  handlebars.registerHelper('cell', (text: unknown) =>
    String(text)
      .replaceAll('|', '\\|')
      .replaceAll(/\s*\n\s*/g, ' '),
  )
  compiled = handlebars.compile(readmeTemplate, { noEscape: true, strict: true })
  return compiled
}
