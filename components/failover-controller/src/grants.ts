import { compareText, type Platform, type Resource, resource, type UnitName } from '@openova/core'
import type { FailoverService } from './services.ts'

const name = 'failover-controller'

interface Rule {
  apiGroups: string[]
  resources: string[]
  resourceNames?: string[]
  verbs: string[]
}

/** Rights in the namespaces of exactly the services that it may promote, and over the stages of Flux that render them; none without any. */
export function grants(services: readonly FailoverService[], { writeServices }: Platform['failover']): Resource[] {
  if (services.length === 0) return []
  const byNamespace = Map.groupBy(services, ({ namespace }) => namespace)
  const stages = services.flatMap((service) => service.stages).toSorted(compareText)
  return [
    ...[...byNamespace].flatMap(([namespace, list]) =>
      roleIn(namespace, [
        ...list.flatMap(({ kind, name: service }) => [...rulesOf[kind], ...(operated[service] ?? [])]),
        ...pointing(
          list.flatMap((service) => service.writeServices),
          writeServices,
        ),
        releases,
      ]),
    ),
    ...roleIn('flux-system', [
      { apiGroups: ['kustomize.toolkit.fluxcd.io'], resources: ['kustomizations'], resourceNames: stages, verbs: ['get', 'patch'] },
    ]),
  ]
}

const see = ['get', 'list', 'watch']

/** What a promotion changes: of the clusters of a namespace there is one, its consumer's. */
const rulesOf: Readonly<Record<FailoverService['kind'], readonly Rule[]>> = {
  cnpg: [{ apiGroups: ['postgresql.cnpg.io'], resources: ['clusters'], verbs: [...see, 'patch'] }],
  // Promoted by a command on its own port.
  valkey: [{ apiGroups: ['apps'], resources: ['statefulsets'], verbs: see }],
  strimzi: [{ apiGroups: ['kafka.strimzi.io'], resources: ['kafkamirrormaker2s'], verbs: [...see, 'patch'] }],
  // The Job that turns the direction of replication.
  milvus: [{ apiGroups: ['batch'], resources: ['jobs'], verbs: [...see, 'create'] }],
  passive: [
    { apiGroups: ['apps'], resources: ['deployments', 'statefulsets'], verbs: see },
    { apiGroups: ['apps'], resources: ['deployments/scale', 'statefulsets/scale'], verbs: ['get', 'patch'] },
  ],
}

/** Replicas of these are set where their operator reads them. */
const operated: { readonly [service in UnitName]?: readonly Rule[] } = {
  keycloak: [{ apiGroups: ['k8s.keycloak.org'], resources: ['keycloaks'], verbs: [...see, 'patch'] }],
  debezium: [{ apiGroups: ['kafka.strimzi.io'], resources: ['kafkaconnects', 'kafkaconnectors'], verbs: [...see, 'patch'] }],
}

/** A release would set its replicas back. */
const releases: Rule = { apiGroups: ['helm.toolkit.fluxcd.io'], resources: ['helmreleases'], verbs: [...see, 'patch'] }

/** By the selector that Flux wrote, or, where Flux writes none, by the endpoints themselves. */
function pointing(services: readonly string[], by: Platform['failover']['writeServices']): Rule[] {
  if (services.length === 0) return []
  const named = { resourceNames: [...new Set(services)].toSorted(compareText) }
  return by === 'flux'
    ? [{ apiGroups: [''], resources: ['services'], ...named, verbs: ['get', 'patch'] }]
    : [
        { apiGroups: [''], resources: ['services'], ...named, verbs: ['get'] },
        { apiGroups: [''], resources: ['pods'], verbs: see },
        // Making one cannot be limited by name.
        { apiGroups: ['discovery.k8s.io'], resources: ['endpointslices'], verbs: ['create'] },
        { apiGroups: ['discovery.k8s.io'], resources: ['endpointslices'], ...named, verbs: ['get', 'update', 'patch', 'delete'] },
      ]
}

function roleIn(namespace: string, rules: readonly Rule[]): Resource[] {
  return [
    resource('rbac.authorization.k8s.io/v1/Role', name, { namespace, rules: distinct(rules) }),
    resource('rbac.authorization.k8s.io/v1/RoleBinding', name, {
      namespace,
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name },
      subjects: [{ kind: 'ServiceAccount', name, namespace: name }],
    }),
  ]
}

const distinct = (rules: readonly Rule[]) => [...new Map(rules.map((rule) => [JSON.stringify(rule), rule])).values()]
