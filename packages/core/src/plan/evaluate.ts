import type { Chosen, Component, Context, Kind, List, Maybe, Resource, Running, Service } from '../contract.ts'
import type { PlacedResource, PlatformSpec, ReleasePlan } from '../model.ts'
import type { Stage, UnitName } from '../names.ts'
import { present } from '../nouns.ts'
import { compact, mergeDeep } from '../paths.ts'
import type { Answer, Tenant } from './answer.ts'
import { placeResource } from './place.ts'
import { helmValuesOf } from './settings.ts'
import { readSize, writeSizes } from './sizes.ts'

/** What one unit renders in one region, by stage. */
export interface Rendered {
  releases: ReleasePlan[]
  resources: Map<Stage, PlacedResource[]>
}

/** Second pass in one region: with the answers, every unit gives its releases and resources, and adds to those of others. */
export function evaluate(
  tenants: readonly Tenant[],
  answers: readonly Answer[],
  { spec, regional }: { spec: PlatformSpec; regional: boolean },
): Map<UnitName, Rendered> {
  const rendered = new Map<UnitName, Rendered>(tenants.map(({ unit }) => [unit.name, { releases: [], resources: new Map() }]))
  const chosen = tenants.map((tenant) => describeChosen(tenant, answers))
  const contexts = new Map(tenants.map((tenant) => [tenant.unit.name, contextOf(tenant, answers, chosen)]))
  const byName = new Map(tenants.map((tenant) => [tenant.unit.name, tenant]))

  for (const tenant of tenants) {
    const { unit } = tenant
    const context = contexts.get(unit.name)!
    for (const [stage, list] of ownResources(unit, context)) add(tenant, stage, list, unit)
    const releases = guard(unit, 'releases', context, () =>
      present<ReturnType<NonNullable<Component['releases']>>[number] & object>(unit.releases?.(context) ?? []),
    )
    rendered.get(unit.name)!.releases.push(
      ...releases.map(({ name, chart, workloads, values, options }): ReleasePlan => {
        const stated = present(workloads)
        const sized = writeSizes(compact(values) as Record<string, unknown>, stated)
        const merged = mergeDeep(sized, helmValuesOf(unit.name, name, spec, regional ? context.region.name : undefined)) as Record<
          string,
          unknown
        >
        return {
          name,
          chart,
          options,
          namespace: options.namespace ?? tenant.namespace,
          values: merged,
          workloads: stated.map((workload) => readSize(merged, workload)),
        }
      }),
    )
    for (const to of chosen) {
      const added = guard(unit, 'attaches', context, () => unit.attaches?.(to, context) ?? {})
      for (const [stage, list] of Object.entries(added)) add(byName.get(to.name)!, stage as Stage, list ?? [], unit)
    }
  }
  for (const answer of answers) {
    const { unit: owner } = byName.get(answer.owner)!
    const service = owner.serves?.[answer.kind] as Service<Kind, unknown, never> | undefined
    const context = contexts.get(answer.owner)!
    const consumer = byName.get(answer.consumer)!
    const stage = answer.before === 'config' ? 'config' : 'needs'
    add(
      consumer,
      stage,
      guard(owner, `serves.${answer.kind}.resources`, context, () => service?.resources?.(answer, context as never) ?? []),
      owner,
    )
    add(
      consumer,
      'peer',
      guard(owner, `serves.${answer.kind}.peer`, context, () => service?.peer?.(answer, context as never) ?? []),
      owner,
    )
  }
  const running = [...rendered.values()].flatMap(runningIn)
  for (const tenant of tenants) {
    const { unit } = tenant
    const context = contexts.get(unit.name)!
    add(
      tenant,
      'config',
      guard(unit, 'watches', context, () => unit.watches?.(running, context) ?? []),
      unit,
    )
  }
  return rendered

  function add(to: Tenant, stage: Stage, list: readonly Maybe<Resource>[], by: Component) {
    const placed = present<Resource>(list).map((resource) => placeResource(resource, { to, by }))
    if (placed.length === 0) return
    const { resources } = rendered.get(to.unit.name)!
    resources.set(stage, [...(resources.get(stage) ?? []), ...placed])
  }
}

function ownResources(unit: Component, context: Context): [Stage, List<Resource>][] {
  const made = (name: 'crds' | 'before' | 'install' | 'setup' | 'config' | 'peer') =>
    guard(unit, name, context, () => unit[name]?.(context) ?? [])
  return [
    ['crds', made('crds')],
    ['needs', made('before')],
    ['install', made('install')],
    ['setup', made('setup')],
    ['config', made('config')],
    ['peer', context.peer ? made('peer') : []],
  ]
}

function contextOf({ unit, facts }: Tenant, answers: readonly Answer[], chosen: readonly Chosen[]): Context {
  const granted = Object.fromEntries(answers.filter(({ consumer }) => consumer === unit.name).map(({ key, grant }) => [key, grant]))
  return {
    ...facts,
    granted,
    chosen,
    claims: (kind) => answers.filter((answer): answer is Extract<Answer, { kind: typeof kind }> => answer.kind === kind),
  }
}

function describeChosen({ unit, namespace, facts }: Tenant, answers: readonly Answer[]): Chosen {
  const { name, tier, category, metrics, network = {} } = unit
  return {
    name,
    tier,
    category,
    ...(metrics && { metrics }),
    network: typeof network === 'function' ? network(facts) : network,
    namespace,
    needs: answers.filter(({ consumer }) => consumer === name),
  }
}

/** A workload of a custom resource is its operator's, under a name that only the operator knows. */
function runningIn({ releases, resources }: Rendered): Running[] {
  const own = [...resources.values()].flat().map((one) => ({ ...one, workloads: one.workloads.filter(({ kind }) => kind === one.kind) }))
  return [...releases, ...own].flatMap(({ workloads, namespace }) =>
    namespace === undefined ? [] : workloads.map(({ kind, name }) => ({ kind, name, namespace })),
  )
}

/** A component that throws is a bug: say whose, where. */
function guard<T>(unit: Component, name: string, { region }: { region: { name: string } }, run: () => T): T {
  try {
    return run()
  } catch (cause) {
    throw new Error(`${unit.name}: \`${name}\` failed for ${region.name}: ${cause instanceof Error ? cause.message : String(cause)}`, {
      cause,
    })
  }
}
