import { getIn, isMap, type PlacedResource, type RegionPlan, type UnitPlan } from '@openova/core'
import { textAt } from './objects.ts'

/** A Secret that something names. */
export interface SecretReference {
  unit: UnitPlan['name']
  /** The release in whose helm values it stands. */
  release?: string
  /** Whose object or release names it, and where. */
  by: string
  at: string
  namespace: string
  name: string
}

/** `namespace/name` of every Secret that will exist in a region, of what the plan can tell. */
export function secretsOf({ units }: RegionPlan): Set<string> {
  const home = namespacesOf(units)
  return new Set(
    units.flatMap(({ needs, stages }) => [
      ...needs.filter(isDay0).map(({ namespace, secret }) => `${namespace}/${secret}`),
      ...stages.flatMap(({ resources }) =>
        resources.flatMap((resource) => madeBy(resource).map((name) => `${resource.namespace ?? home.get(resource.by)}/${name}`)),
      ),
    ]),
  )
}

const isDay0 = ({ kind, ask }: UnitPlan['needs'][number]) =>
  kind === 'secret' && Object.values(ask.keys).every((source) => 'day0' in source)

/** Secrets that an object makes, or lets its controller make. */
function madeBy({ apiVersion, kind, name, body }: PlacedResource): string[] {
  const texts = (...paths: string[]) => paths.flatMap((path) => textAt(body, path) ?? [])
  if (kind === 'Secret') return [name]
  if (kind === 'ExternalSecret') return [textAt(body, 'spec.target.name') ?? name]
  if (kind === 'Certificate') return texts('spec.secretName')
  if (kind === 'ClusterIssuer' || kind === 'Issuer') return texts('spec.acme.privateKeySecretRef.name')
  if (kind === 'Cluster' && apiVersion.startsWith('postgresql.cnpg.io/'))
    return ['app', 'superuser', 'ca', 'server', 'replication'].map((suffix) => `${name}-${suffix}`)
  return []
}

/** Every Secret that our own objects, or helm values under `existingSecret...`, name. */
export function secretReferences({ units }: RegionPlan): SecretReference[] {
  const home = namespacesOf(units)
  return units.flatMap((unit) =>
    unit.stages.flatMap(({ name: stage, releases, resources }) => [
      ...releases.flatMap(({ name, namespace, values }) =>
        existing(values, '').map((found) => ({ unit: unit.name, release: name, by: `release ${name} (${stage})`, namespace, ...found })),
      ),
      ...resources.flatMap((resource) =>
        resource.kind === 'ExternalSecret' || resource.kind === 'CustomResourceDefinition'
          ? []
          : named(resource).map(({ namespace, ...found }) => ({
              unit: resource.by,
              by: `${resource.kind} ${resource.name} (${stage})`,
              namespace: namespace ?? resource.namespace ?? home.get(resource.by) ?? '',
              ...found,
            })),
      ),
    ]),
  )
}

interface Found {
  at: string
  name: string
  namespace?: string
}

function existing(values: unknown, at: string): Found[] {
  if (Array.isArray(values)) return values.flatMap((item, index) => existing(item, `${at}[${index}]`))
  if (!isMap(values)) return []
  return Object.entries(values).flatMap(([key, value]) => {
    const path = `${at}${at === '' ? '' : '.'}${key.replaceAll('.', '\\.')}`
    return typeof value === 'string' && value !== '' && namesSecret(key) ? [{ at: path, name: value }] : existing(value, path)
  })
}

/** `existingSecretPasswordKey` is a key in a Secret; `existingSecretSecretKey` is Harbor's Secret with the secret key. */
const namesSecret = (key: string) =>
  key === 'existingSecretSecretKey' || (/^existing.*Secret/i.test(key) && !/Key$|Keys$|Namespace$/.test(key))

/** What a controller makes by that name, rather than reads. */
const produced = /^(?:privateKeySecretRef)$/

function named({ kind, body }: PlacedResource): Found[] {
  const own = kind === 'PushSecret' ? at(body, 'spec.selector.secret') : []
  return [...own, ...walk(body, '', kind)]
}

function walk(value: unknown, path: string, kind: string): Found[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => walk(item, `${path}[${index}]`, kind))
  if (!isMap(value)) return []
  return Object.entries(value).flatMap(([key, item]): Found[] => {
    const here = `${path}${path === '' ? '' : '.'}${key.replaceAll('.', '\\.')}`
    if (isReference(key, kind) && isMap(item) && typeof item.name === 'string') return item.optional === true ? [] : [found(here, item)]
    if (key === 'secretName' && typeof item === 'string')
      return value.optional === true || (kind === 'Certificate' && here === 'spec.secretName') ? [] : [{ at: here, name: item }]
    return walk(item, here, kind)
  })
}

const isReference = (key: string, kind: string) =>
  (/secret(?:key)?ref$/i.test(key) && !produced.test(key)) || (kind === 'ObjectStore' && /^(?:accessKeyId|secretAccessKey)$/.test(key))

function at(body: unknown, path: string): Found[] {
  const item = getIn(body, path)
  return isMap(item) && typeof item.name === 'string' ? [found(path, item)] : []
}

const found = (path: string, { name, namespace }: Record<string, unknown>): Found => ({
  at: `${path}.name`,
  name: String(name),
  ...(typeof namespace === 'string' && { namespace }),
})

const namespacesOf = (units: readonly UnitPlan[]) => new Map<string, string>(units.map(({ name, namespace }) => [name, namespace.name]))
