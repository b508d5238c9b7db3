import { getIn, isMap, type PlacedResource, type Region, type RegionPlan, type UnitName } from '@openova/core'
import { mapsAt } from './objects.ts'

/** A Service that both clusters merge. */
export interface MeshService {
  unit: UnitName
  namespace: string
  name: string
  ports: readonly number[]
  /** Whether pods of this region stand behind it. */
  selects: boolean
}

const global = 'service.cilium.io/global'

export const meshServicesOf = ({ units }: RegionPlan): MeshService[] =>
  units.flatMap(({ name: unit, stages, namespace }) =>
    stages
      .flatMap(({ resources }) => resources)
      .filter(({ kind, annotations }) => kind === 'Service' && annotations[global] === 'true')
      .map((resource) => ({
        unit,
        namespace: resource.namespace ?? namespace.name,
        name: resource.name,
        ports: mapsAt(resource.body, 'spec.ports').map(({ targetPort, port }) => Number(targetPort ?? port)),
        selects: isMap(getIn(resource.body, 'spec.selector')),
      })),
  )

/** Namespaces in which an operator, or a chart, is told to make Services of the mesh. */
export function meshMakersOf({ units }: RegionPlan): Set<string> {
  const made = units.flatMap(({ stages, namespace }) =>
    stages.flatMap(({ releases, resources }) => [
      ...releases.filter(({ values }) => JSON.stringify(values).includes(global)).map((release) => release.namespace),
      ...resources.filter(({ body }) => JSON.stringify(body).includes(global)).map((resource) => resource.namespace ?? namespace.name),
    ]),
  )
  return new Set(made)
}

/** Whether policies of a region let pods of the other region into that Service. */
export const opensIn = (callee: RegionPlan, caller: RegionPlan, { namespace, ports }: MeshService): boolean =>
  allows(policiesOf(callee, namespace), { ports, rules: 'spec.ingress', ends: 'fromEndpoints', region: caller.region })

/** Whether policies let pods out to that Service of the other region: those of one namespace, or of any. */
export const opensOut = (callee: RegionPlan, caller: RegionPlan, { namespace, ports }: MeshService, from?: string): boolean =>
  allows(policiesOf(caller, from), { ports, rules: 'spec.egress', ends: 'toEndpoints', region: callee.region, namespace })

interface Opening {
  ports: readonly number[]
  rules: string
  ends: string
  region: Region
  namespace?: string
}

const allows = (policies: readonly PlacedResource[], { ports, rules, ends, region, namespace }: Opening): boolean =>
  ports.every((port) =>
    policies.some(({ body }) => mapsAt(body, rules).some((rule) => names(rule, ends, region, namespace) && opens(rule, port))),
  )

const policiesOf = ({ units }: RegionPlan, namespace?: string): PlacedResource[] =>
  units
    .flatMap(({ stages }) => stages.flatMap(({ resources }) => resources))
    .filter((one) => one.kind === 'CiliumNetworkPolicy' && (namespace === undefined || one.namespace === namespace))

function names(rule: unknown, ends: string, { clusterName }: Region, namespace?: string): boolean {
  return mapsAt(rule, ends)
    .map(({ matchLabels }) => matchLabels)
    .filter(isMap)
    .some(
      (labels) =>
        labels['k8s:io.cilium.k8s.policy.cluster'] === clusterName &&
        (namespace === undefined || labels['k8s:io.kubernetes.pod.namespace'] === namespace),
    )
}

const opens = (rule: unknown, port: number) =>
  mapsAt(rule, 'toPorts').some((list) => mapsAt(list, 'ports').some((one) => one.port === String(port)))
