import { type Plan, stages } from '@openova/core'
import { mapsAt, textAt } from './objects.ts'
import type { Cluster } from './repository.ts'

/** What brings an API group; all names are those of Flux Kustomizations. */
export interface Provider {
  group: string
  /** Others may use the group once it is ready. */
  ready: string
  /** All stages of the same unit: they may use the group once `installs` is ready, and at once where that is absent. */
  unit: readonly string[]
  installs?: string
}

/** From what components say that they bring. A stage with nothing in it is stood for by the one before it. */
export function providersOf({ regions }: Plan): Provider[] {
  const providers = regions.flatMap(({ units }) =>
    units.flatMap(({ name, definition: { provides = {} }, stages: planned }): Provider[] => {
      const names = planned.map(({ stage }) => `flux-system/${name}-${stage}`)
      const last = (wanted: string) => names[planned.findLastIndex(({ stage }) => order(stage) <= order(wanted))]
      return Object.entries(provides).flatMap(([group, stage]) => {
        const ready = last(stage)
        return ready === undefined ? [] : [{ group, ready, unit: names, installs: last('install') }]
      })
    }),
  )
  return [...new Map(providers.map((provider) => [`${provider.group} ${provider.ready}`, provider])).values()]
}

/** From the CRDs themselves, which Flux applies before their objects, and from charts of others that are known to bring some. */
export function providersIn({ applied }: Cluster, { own }: { own: boolean }): Provider[] {
  return applied.flatMap(({ name, build }) =>
    build.objects.flatMap(({ object }): Provider[] => {
      const group = object.kind === 'CustomResourceDefinition' ? textAt(object, 'spec.group') : undefined
      if (group !== undefined) return [{ group, ready: name, unit: [name] }]
      const chart = object.kind === 'HelmRelease' && !own ? (textAt(object, 'spec.chart.spec.chart') ?? '') : ''
      return (charts[chart] ?? []).map((brought) => ({ group: brought, ready: name, unit: [name], installs: name }))
    }),
  )
}

/** Every group that the objects of a cluster use, with the objects. */
export const groupsUsed = ({ applied }: Cluster) =>
  applied.map((one) => ({
    applied: one,
    groups: Map.groupBy(
      one.build.objects.filter(({ object }) => object.apiVersion.includes('/')),
      ({ object }) => object.apiVersion.slice(0, object.apiVersion.indexOf('/')),
    ),
  }))

export const dependenciesOf = (object: object, own = 'flux-system'): string[] =>
  mapsAt(object, 'spec.dependsOn').map(({ name, namespace = own }) => [namespace, name].join('/'))

const order = (stage: string) => (stages as readonly string[]).indexOf(stage)

/** What is rendered here says it in its definition instead. */
const charts: Readonly<Record<string, readonly string[]>> = {
  'cert-manager': ['cert-manager.io', 'acme.cert-manager.io'],
  cilium: ['cilium.io'],
  'cloudnative-pg': ['postgresql.cnpg.io'],
  'external-secrets': ['external-secrets.io', 'generators.external-secrets.io'],
  'flux-operator': ['fluxcd.controlplane.io'],
  keda: ['keda.sh', 'eventing.keda.sh'],
  'kube-prometheus-stack': ['monitoring.coreos.com'],
  kyverno: ['kyverno.io', 'policies.kyverno.io'],
  'strimzi-kafka-operator': ['kafka.strimzi.io'],
  velero: ['velero.io'],
}
