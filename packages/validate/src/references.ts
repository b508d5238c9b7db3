import { getIn, isMap } from '@openova/core'
import { containersOf, type KubeObject, mapsAt, podOf, podPaths, textAt } from './objects.ts'

/** One object names another. */
export interface Reference {
  at: string
  kind: string
  name: string
  /** Absent for a kind without namespaces. */
  namespace?: string
  /** A chart in that namespace may make it. */
  byChart?: boolean
  /** Only what is rendered beside it counts. */
  beside?: boolean
}

/** What an object refers to, of what a repository can tell. */
export function referencesOf(object: KubeObject): Reference[] {
  const own = object.metadata.namespace ?? 'default'
  const read = readers[object.kind]
  return [...(read ? read(object, own) : []), ...podReferences(object, own)].filter(({ name }) => !name.includes('${'))
}

type Read = (object: KubeObject, own: string) => Reference[]

const readers: Readonly<Record<string, Read>> = {
  HelmRelease: (object, own) => [
    ...named(object, 'spec.chartRef', own),
    ...named(object, 'spec.chart.spec.sourceRef', own),
    ...mapsAt(object, 'spec.valuesFrom').flatMap(({ kind, name, optional }, index): Reference[] =>
      kind === 'ConfigMap' && typeof name === 'string' && optional !== true
        ? [{ at: `spec.valuesFrom[${index}].name`, kind, name, namespace: own, beside: true }]
        : [],
    ),
    ...dependencies(object, own, 'HelmRelease'),
  ],
  Kustomization: (object, own) => (object.apiVersion.startsWith('kustomize.toolkit') ? dependencies(object, own, 'Kustomization') : []),
  HTTPRoute: parents,
  GRPCRoute: parents,
  TLSRoute: parents,
  TCPRoute: parents,
  UDPRoute: parents,
  Certificate: (object, own) => issuer(object, 'spec.issuerRef', own),
  ExternalSecret: (object, own) => named(object, 'spec.secretStoreRef', own, 'SecretStore'),
  PushSecret: (object, own) =>
    mapsAt(object, 'spec.secretStoreRefs').flatMap(({ kind, name }, index) =>
      typeof name === 'string'
        ? [reference(`spec.secretStoreRefs[${index}].name`, typeof kind === 'string' ? kind : 'SecretStore', name, own)]
        : [],
    ),
  ScheduledBackup: (object, own) => named(object, 'spec.cluster', own, 'Cluster'),
  Database: (object, own) => named(object, 'spec.cluster', own, 'Cluster'),
  Pooler: (object, own) => named(object, 'spec.cluster', own, 'Cluster'),
  Gslb: (object, own) => named(object, 'spec.resourceRef', own),
}

const clusterKinds = new Set(['ClusterIssuer', 'ClusterSecretStore'])

function reference(at: string, kind: string, name: string, namespace: string): Reference {
  return { at, kind, name, ...(!clusterKinds.has(kind) && { namespace }) }
}

/** `{ kind, name, namespace }` at that path. */
function named(object: KubeObject, at: string, own: string, fallback?: string): Reference[] {
  const kind = textAt(object, `${at}.kind`) ?? fallback
  const name = textAt(object, `${at}.name`)
  return kind === undefined || name === undefined ? [] : [reference(`${at}.name`, kind, name, textAt(object, `${at}.namespace`) ?? own)]
}

function issuer(object: KubeObject, at: string, own: string): Reference[] {
  const group = textAt(object, `${at}.group`) ?? 'cert-manager.io'
  return group === 'cert-manager.io' ? named(object, at, own, 'Issuer') : []
}

function parents(object: KubeObject, own: string): Reference[] {
  return mapsAt(object, 'spec.parentRefs').flatMap(({ kind = 'Gateway', name, namespace = own }, index): Reference[] =>
    kind === 'Gateway' && typeof name === 'string'
      ? [{ at: `spec.parentRefs[${index}].name`, kind, name, namespace: String(namespace) }]
      : [],
  )
}

function dependencies(object: KubeObject, own: string, kind: string): Reference[] {
  return mapsAt(object, 'spec.dependsOn').flatMap(({ name, namespace = own }, index): Reference[] =>
    typeof name === 'string' ? [{ at: `spec.dependsOn[${index}].name`, kind, name, namespace: String(namespace) }] : [],
  )
}

/** ServiceAccount and ConfigMaps of the pods that an object starts. */
function podReferences(object: KubeObject, own: string): Reference[] {
  const pod = podOf(object)
  const path = podPaths[object.kind]
  if (!pod) return []
  const account = textAt(pod, 'serviceAccountName')
  const maps = [
    ...mapsAt(pod, 'volumes').map((volume, index) => ({ at: `${path}.volumes[${index}].configMap.name`, source: volume.configMap })),
    ...containersOf(pod).flatMap(({ container, at }) => [
      ...mapsAt(container, 'envFrom').map((from, index) => ({
        at: `${path}.${at}.envFrom[${index}].configMapRef.name`,
        source: from.configMapRef,
      })),
      ...mapsAt(container, 'env').map((env, index) => ({
        at: `${path}.${at}.env[${index}].valueFrom.configMapKeyRef.name`,
        source: getIn(env, 'valueFrom.configMapKeyRef'),
      })),
    ]),
  ]
  return [
    ...(account !== undefined && account !== 'default'
      ? [{ at: `${path}.serviceAccountName`, kind: 'ServiceAccount', name: account, namespace: own, byChart: true }]
      : []),
    ...maps.flatMap(({ at, source }): Reference[] =>
      isMap(source) && typeof source.name === 'string' && source.optional !== true && source.name !== 'kube-root-ca.crt'
        ? [{ at, kind: 'ConfigMap', name: source.name, namespace: own, byChart: true }]
        : [],
    ),
  ]
}
