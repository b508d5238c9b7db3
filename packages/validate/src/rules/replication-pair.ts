import { getIn, type Plan, type RegionPlan, type UnitName } from '@openova/core'
import { type MeshService, meshMakersOf, meshServicesOf, opensIn, opensOut } from '../mesh.ts'
import { defineRule, type Draft, type PlanRule } from '../rule.ts'
import { sourceOf } from '../sources.ts'

export default defineRule<PlanRule>({
  name: 'replication-pair',
  severity: 'error',
  description:
    'What is replicated has both ends: who asks for it, the Services of the mesh, the policies that open them, and one write node.',
  on: 'plan',

  check(plan) {
    const [a, b] = plan.regions
    if (a === undefined || b === undefined) return []
    return [[a, b] as const, [b, a] as const].flatMap(([here, there]) => [
      ...loneClaims(here, there),
      ...loneServices(plan, here, there),
      ...badCalls(here, there),
      ...closedServices(here, there),
      ...otherPrimaries(here, there),
    ])
  },

  examples: {
    pass: `
units:
  minio:
    resources:
      install: [{ apiVersion: v1, kind: Service, name: minio-region-a, annotations: { service.cilium.io/global: 'true' }, spec: { selector: { app: minio } } }]`,
    fail: `
units:
  minio:
    resources:
      install: [{ only: region-a, apiVersion: v1, kind: Service, name: minio-region-a, annotations: { service.cilium.io/global: 'true' }, spec: { selector: { app: minio } } }]`,
  },
})

const twoEnded = (ask: object): boolean =>
  ('scope' in ask && ask.scope === 'replicated') || ('replicated' in ask && ask.replicated === true)

/** A replicated service that one region asks for and the other does not. */
function loneClaims({ region, units }: RegionPlan, there: RegionPlan): Draft[] {
  return units.flatMap(({ name, needs }) =>
    needs
      .filter(({ kind, ask }) => kind !== 'secret' && twoEnded(ask))
      .filter(({ key }) => !there.units.find((unit) => unit.name === name)?.needs.some((need) => need.key === key && twoEnded(need.ask)))
      .map(({ kind, key }) => ({
        at: `spec.components.${name}`,
        message: `Unexpected replicated ${kind} \`${key}\` of ${name} in ${region.name} only, expected it in ${there.region.name} too`,
        fix: `give ${name} the same values in both regions`,
      })),
  )
}

function loneServices({ platform }: Plan, here: RegionPlan, there: RegionPlan): Draft[] {
  const others = meshServicesOf(there)
  const makers = meshMakersOf(there)
  return meshServicesOf(here).flatMap(({ unit, namespace, name, selects }): Draft[] => {
    const twin = others.find((other) => other.namespace === namespace && other.name === name)
    const place = { file: sourceOf(unit), at: `Service/${name}` }
    if (twin === undefined) {
      if (!selects && makers.has(namespace)) return []
      const message = `Unexpected Service \`${namespace}/${name}\` of the mesh in ${here.region.name} only, expected it in ${there.region.name} too`
      return [{ ...place, message, fix: 'render it in both regions, without selector where its pods are not' }]
    }
    const led = platform.failover.writeServices === 'controller' && name.endsWith('-write')
    if (selects || twin.selects || led) return []
    const message = `Unexpected Service \`${namespace}/${name}\` of the mesh without pods in either region, expected a selector in one`
    return [{ ...place, message, fix: 'give it the selector of the pods where they are' }]
  })
}

/** `store-region-b.namespace.svc`, as region-a calls what is in region-b, has a Service behind it; whoever names that, or one whose pods are there, may go there. */
function badCalls(here: RegionPlan, there: RegionPlan): Draft[] {
  const known = new Map(meshServicesOf(here).map((service) => [`${service.name}.${service.namespace}.svc`, service]))
  const across = callsIn(here).filter(
    ({ host }) => host.split('.')[0]?.endsWith(`-${there.region.name}`) || known.get(host)?.selects === false,
  )
  return across.flatMap(({ unit, namespace, host }): Draft[] => {
    const service = known.get(host)
    const place = { file: sourceOf(unit), at: host }
    if (service === undefined) {
      const message = `Unexpected address \`${host}\` in ${here.region.name}, expected a Service of the mesh of that name`
      return [{ ...place, message, fix: 'render it with `regionServices` in both regions' }]
    }
    if (!hasPolicies(here) || openNamespaces.includes(namespace) || opensOut(there, here, service, namespace)) return []
    const message = `Unexpected call of \`${host}\` by ${unit} in ${here.region.name}: no network policy lets it out on port ${service.ports.join(', ')}`
    return [{ ...place, message, fix: `say the port in \`network.callsPeer\` of ${unit}, or in the \`opens\` of the service` }]
  })
}

interface Call {
  unit: UnitName
  namespace: string
  /** `name.namespace.svc`. */
  host: string
}

/** Services of the cluster that helm values and objects name; where a certificate or a Secret names one of its own namespace, nobody calls. */
function callsIn(region: RegionPlan): Call[] {
  const known = callsOf.get(region) ?? findCalls(region)
  callsOf.set(region, known)
  return known
}
const callsOf = new WeakMap<RegionPlan, Call[]>()

function findCalls({ units }: RegionPlan): Call[] {
  const calls = units.flatMap(({ name: unit, namespace: { name: namespace }, stages }) =>
    stages
      .flatMap(({ releases, resources }) => [
        ...releases.map(({ values }) => ({ kind: '', data: values })),
        ...resources.map(({ kind, body }) => ({ kind, data: body })),
      ])
      .flatMap(({ kind, data }) =>
        (JSON.stringify(data).match(address) ?? []).filter((host) => !isPassive(kind) || host.split('.')[1] !== namespace),
      )
      .map((host) => ({ unit, namespace, host })),
  )
  return [...new Map(calls.map((call) => [`${call.unit} ${call.host}`, call])).values()]
}
const isPassive = (kind: string) => kind === 'Certificate' || kind === 'ExternalSecret'
// The look back keeps it from starting again at every letter of a long word.
const address = /(?<![a-z0-9])[a-z0-9][a-z0-9-]*\.[a-z0-9-]+\.svc/g

/** What this region has and the other calls lets it in. */
function closedServices(here: RegionPlan, there: RegionPlan): Draft[] {
  if (!hasPolicies(here)) return []
  const others = meshServicesOf(there)
  const called = new Set(callsIn(there).map(({ host }) => host))
  return meshServicesOf(here)
    .filter(({ name, namespace }) => called.has(`${name}.${namespace}.svc`))
    .filter((one) => one.selects && !openNamespaces.includes(one.namespace) && others.some((other) => isTwin(one, other) && !other.selects))
    .filter((service) => !opensIn(here, there, service))
    .map(({ unit, namespace, name, ports }) => ({
      file: sourceOf(unit),
      at: `Service/${name}`,
      message: `Unexpected Service \`${namespace}/${name}\` that no network policy of ${here.region.name} opens to ${there.region.name} on port ${ports.join(', ')}`,
      fix: 'say the ports in `network.peer`, or in the `opens` of the service',
    }))
}

const hasPolicies = ({ units }: RegionPlan) => units.some(({ name }) => name === 'cilium')
const isTwin = (one: MeshService, other: MeshService) => one.namespace === other.namespace && one.name === other.name
/** Cilium closes nothing there. */
const openNamespaces: readonly string[] = ['kube-system', 'flux-system']

/** PostgreSQL clusters that follow each other name the same write node. */
function otherPrimaries(here: RegionPlan, there: RegionPlan): Draft[] {
  const [mine, others] = [clustersOf(here), clustersOf(there)]
  return [...mine].flatMap(([id, { unit, primary }]): Draft[] => {
    const other = others.get(id)?.primary
    if (primary === other) return []
    return [
      {
        file: sourceOf(unit),
        at: `Cluster/${id}`,
        message: `Unexpected write node \`${primary}\` of Cluster \`${id}\` in ${here.region.name}, expected the one that ${there.region.name} names: ${other ?? 'it has no such cluster'}`,
        fix: 'take the write node of both from `writeRegion`',
      },
    ]
  })
}

function clustersOf({ units }: RegionPlan): Map<string, { unit: UnitName; primary: string }> {
  const found = units.flatMap(({ name: unit, stages, namespace }) =>
    stages
      .flatMap(({ resources }) => resources)
      .flatMap(({ kind, name, namespace: own, body }) => {
        const primary = kind === 'Cluster' ? getIn(body, 'spec.replica.primary') : undefined
        return typeof primary === 'string' ? [[`${own ?? namespace.name}/${name}`, { unit, primary }] as const] : []
      }),
  )
  return new Map(found)
}
