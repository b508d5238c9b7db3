import type { Component } from '../contract.ts'
import { compareText } from '../finding.ts'
import type { PlacedResource } from '../model.ts'
import { type Stage, type StageName, stages, type UnitName } from '../names.ts'
import type { Answer } from './answer.ts'
import type { Rendered } from './evaluate.ts'

/** Stage -> the stages that must be ready before it. */
export type Edges = Map<StageName, Set<StageName>>

/** Every stage that has something in it, with the edges that needs, API groups, volumes and `after` make. */
export function deriveOrder(units: readonly Component[], rendered: ReadonlyMap<UnitName, Rendered>, answers: readonly Answer[]): Edges {
  const present = new Map(units.map((unit) => [unit.name, stages.filter((stage) => hasStage(rendered.get(unit.name), stage))]))
  const edges: Edges = new Map()
  for (const unit of units) {
    const mine = present.get(unit.name) ?? []
    mine.forEach((stage, index) => {
      const before = mine[index - 1]
      edges.set(`${unit.name}/${stage}`, new Set<StageName>(before ? [`${unit.name}/${before}`] : []))
    })
  }
  for (const { consumer, owner, kind, before } of answers.filter((answer) => !existsBefore(answer))) {
    const ready = units.find(({ name }) => name === owner)?.serves?.[kind]?.ready
    if (ready) connect(consumer, before === 'config' ? 'config' : 'needs', owner, ready)
  }
  const providers = units.flatMap(({ name, provides = {} }) => Object.entries(provides).map(([group, stage]) => ({ name, group, stage })))
  for (const unit of units) {
    for (const stage of present.get(unit.name) ?? []) {
      for (const group of groupsIn(rendered.get(unit.name), stage)) {
        const provider = providers.find((one) => one.group === group)
        if (provider) connect(unit.name, stage, provider.name, provider.stage)
      }
      for (const edge of unit.after?.[stage] ?? []) {
        const [other, ready] = edge.split('/') as [UnitName, Stage]
        connect(unit.name, stage, other, ready)
      }
    }
  }
  return edges

  /** A stage that is not there is stood for by the next one (of the waiting side) or the one before it (of the awaited side). */
  function connect(from: UnitName, stage: Stage, to: UnitName, ready: Stage) {
    if (from === to) return
    const waiting = nearest(present.get(from), stage, 'later')
    const awaited = nearest(present.get(to), ready, 'earlier')
    if (waiting && awaited) edges.get(`${from}/${waiting}`)?.add(`${to}/${awaited}`)
  }
}

/** Only the edges that no longer path already says, sorted; a cycle keeps all of its edges, for the rule that reports it. */
export function reduceEdges(edges: Edges): ReadonlyMap<StageName, StageName[]> {
  const closure = new Map<StageName, Set<StageName>>()
  const reach = (name: StageName, trail: ReadonlySet<StageName> = new Set()): Set<StageName> => {
    const known = closure.get(name)
    if (known) return known
    const found = new Set<StageName>()
    for (const next of edges.get(name) ?? []) {
      found.add(next)
      if (!trail.has(next)) for (const further of reach(next, new Set([...trail, name]))) found.add(further)
    }
    closure.set(name, found)
    return found
  }
  const direct = (name: StageName) => [...(edges.get(name) ?? [])]
  return new Map(
    [...edges.keys()].map((name) => {
      const implied = (one: StageName) => direct(name).some((other) => other !== one && reach(other).has(one) && !reach(one).has(other))
      return [
        name,
        direct(name)
          .filter((one) => !implied(one))
          .toSorted(compareText),
      ]
    }),
  )
}

/** Units, dependencies first: by the depth of their first stage that installs something, then by name. */
export function sortUnits<T extends { name: UnitName }>(units: readonly T[], edges: Edges): T[] {
  const depths = new Map<StageName, number>()
  const depth = (name: StageName): number => {
    const known = depths.get(name)
    if (known !== undefined) return known
    depths.set(name, 0)
    const found = 1 + Math.max(0, ...[...(edges.get(name) ?? [])].map(depth))
    depths.set(name, found)
    return found
  }
  const rank = ({ name }: T) =>
    Math.max(0, ...(['crds', 'needs', 'install'] as const).map((stage) => (edges.has(`${name}/${stage}`) ? depth(`${name}/${stage}`) : 0)))
  return units.toSorted((a, b) => rank(a) - rank(b) || compareText(a.name, b.name))
}

export function hasStage(rendered: Rendered | undefined, stage: Stage): boolean {
  return (rendered?.resources.get(stage)?.length ?? 0) > 0 || (stage === 'install' && (rendered?.releases.length ?? 0) > 0)
}

/** A Secret that day 0 brings is there before any stage; waiting for the owner of secrets would close a cycle. */
const existsBefore = (answer: Answer): boolean =>
  answer.kind === 'secret' && Object.values(answer.ask.keys).every((source) => 'day0' in source)

/** API groups of a stage's objects; volumes ask for `storage.k8s.io`. */
function groupsIn(rendered: Rendered | undefined, stage: Stage): Set<string> {
  const resources: readonly PlacedResource[] = rendered?.resources.get(stage) ?? []
  const releases = stage === 'install' ? (rendered?.releases ?? []) : []
  const groups = new Set(resources.map(({ apiVersion }) => apiVersion.split('/')[0] ?? ''))
  const workloads = [...resources, ...releases].flatMap((one) => one.workloads)
  if (workloads.some(({ volume }) => volume !== undefined) || resources.some(({ kind }) => kind === 'PersistentVolumeClaim'))
    groups.add('storage.k8s.io')
  return groups
}

function nearest(present: readonly Stage[] = [], stage: Stage, direction: 'earlier' | 'later'): Stage | undefined {
  const position = stages.indexOf(stage)
  return direction === 'later'
    ? present.find((one) => stages.indexOf(one) >= position)
    : present.findLast((one) => stages.indexOf(one) <= position)
}
