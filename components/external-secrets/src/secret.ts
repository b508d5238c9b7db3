import { type ClaimOf, type Part, type Resource, type SecretAsk, resource } from '@openova/core'

/** The region that renders, all regions in order, and how often stores are asked. */
export interface Place {
  region: string
  regions: readonly string[]
  refreshInterval: string
}
type Claim = ClaimOf<'secret'>

/**
 * Makes the generated keys, in the one region that may: Password -> Secret in our namespace, written once -> bao-local, never overwritten.
 * A key that is added later needs the Secret here deleted once; OpenBao keeps the keys that it has.
 */
export function produceSecret({ ask, consumer }: Claim, place: Place): Resource[] {
  const keys = madeKeys(ask)
  if (keys.length === 0 || ask.readOnly || !isMadeHere(ask, place)) return []

  const name = `${consumer}-${ask.name}`
  const passwords = [...keysByLength(ask)].map(([length, secretKeys]) =>
    resource('generators.external-secrets.io/v1alpha1/Password', `${name}-${length}`, {
      namespace,
      spec: { length, symbols: 0, noUpper: false, allowRepeat: true, secretKeys },
    }),
  )
  return [
    ...passwords,
    resource('external-secrets.io/v1/ExternalSecret', name, {
      namespace,
      spec: {
        refreshPolicy: 'CreatedOnce',
        target: { name, creationPolicy: 'Owner', template: keysOf(ask, 'privateKey').length > 0 ? privateKeys(ask) : undefined },
        dataFrom: passwords.map((password) => ({
          sourceRef: { generatorRef: { apiVersion: password.apiVersion, kind: 'Password', name: password.name } },
        })),
      },
    }),
    resource('external-secrets.io/v1alpha1/PushSecret', name, {
      namespace,
      spec: {
        ...push('bao-local', { from: name, keys, to: pathOf({ ask, consumer }, place) }),
        refreshInterval: place.refreshInterval,
        updatePolicy: 'IfNotExists',
      },
    }),
  ]
}

/** The Secret that the consumer reads, from bao-local; nothing where it was brought by hand on day 0. */
export function pullSecret({ ask, consumer, namespace: target }: Claim, place: Place): Resource[] {
  if (Object.values(ask.keys).every((source) => 'day0' in source)) return []

  const stored = pathOf({ ask, consumer }, place)
  const supplied = `supplied/${consumer}/${ask.name}`
  const templated = keysOf(ask, 'template').length > 0
  return [
    resource('external-secrets.io/v1/ExternalSecret', ask.name, {
      namespace: target,
      spec: {
        refreshInterval: place.refreshInterval,
        secretStoreRef: { kind: 'ClusterSecretStore', name: 'bao-local' },
        target: {
          name: ask.name,
          creationPolicy: 'Owner',
          template:
            templated || ask.type ? { engineVersion: 'v2', type: ask.type, data: templated ? templatesOf(ask) : undefined } : undefined,
        },
        // A template may use keys that the Secret does not show, so everything at the path is read then.
        ...(templated
          ? { dataFrom: sourcesOf(ask, { stored, supplied }).map((key) => ({ extract: { key } })) }
          : {
              data: Object.entries(ask.keys).map(([key, source]) => ({
                secretKey: key,
                remoteRef: { key: 'supply' in source ? supplied : stored, property: key },
              })),
            }),
      },
    }),
  ]
}

/** Sends what this region made for both to the other one, from the copy that the consumer reads; the last word is always the origin's. */
export function pushToPeer({ ask, consumer, namespace: source }: Claim, place: Place): Resource[] {
  const keys = madeKeys(ask)
  if (keys.length === 0 || ask.readOnly || ask.scope !== 'shared' || !isMadeHere(ask, place)) return []
  return [
    resource('external-secrets.io/v1alpha1/PushSecret', ask.name, {
      namespace: source,
      spec: {
        ...push('bao-remote', { from: ask.name, keys, to: pathOf({ ask, consumer }, place) }),
        refreshInterval: place.refreshInterval,
        updatePolicy: 'Replace',
      },
    }),
  ]
}

const namespace = 'external-secrets'

type Push = Part<'external-secrets.io/v1alpha1/PushSecret', 'spec'>

function push(store: string, { from, keys, to }: { from: string; keys: readonly string[]; to: string }): Push {
  return {
    deletionPolicy: 'None',
    secretStoreRefs: [{ kind: 'ClusterSecretStore', name: store }],
    selector: { secret: { name: from } },
    data: keys.map((key) => ({ match: { secretKey: key, remoteRef: { remoteKey: to, property: key } } })),
  }
}

const originOf = ({ origin }: SecretAsk, { regions }: Place) => origin ?? regions[0]

const isMadeHere = (ask: SecretAsk, place: Place) => ask.scope !== 'shared' || originOf(ask, place) === place.region

/** Where generated keys lie below `secret/`. */
function pathOf({ ask, consumer }: Pick<Claim, 'ask' | 'consumer'>, place: Place): string {
  return ask.path ?? `${ask.scope === 'shared' ? `shared/${originOf(ask, place)}` : 'region'}/${consumer}/${ask.name}`
}

function sourcesOf(ask: SecretAsk, { stored, supplied }: { stored: string; supplied: string }): string[] {
  const person = keysOf(ask, 'supply').length > 0
  const store = madeKeys(ask).length > 0 || ask.readOnly === true || !person
  return [...(store ? [stored] : []), ...(person ? [supplied] : [])]
}

/** Each key as a template; those that are not made of others stand for themselves. */
function templatesOf({ keys }: SecretAsk): Record<string, string> {
  return Object.fromEntries(Object.entries(keys).map(([key, source]) => [key, 'template' in source ? source.template : itself(key)]))
}

const itself = (key: string) => (/^\w+$/.test(key) ? `{{ .${key} }}` : `{{ index . "${key}" }}`)

const keysOf = ({ keys }: SecretAsk, kind: 'generate' | 'privateKey' | 'supply' | 'template'): string[] =>
  Object.entries(keys).flatMap(([key, source]) => (kind in source ? [key] : []))

/** What comes into being here, and nowhere else. */
const madeKeys = ({ keys }: SecretAsk): string[] =>
  Object.entries(keys).flatMap(([key, source]) => ('generate' in source || 'privateKey' in source ? [key] : []))

/** A private key takes the place of the password that was made for it. */
function privateKeys(ask: SecretAsk): { engineVersion: 'v2'; data: Record<string, string> } {
  const made = madeKeys(ask).map((key): [string, string] => {
    const source = ask.keys[key]
    return [key, source && 'privateKey' in source ? `{{ genPrivateKey "${source.privateKey}" }}` : itself(key)]
  })
  return { engineVersion: 'v2', data: Object.fromEntries(made) }
}

function keysByLength({ keys }: SecretAsk): Map<number, string[]> {
  const lengths = new Map<number, string[]>()
  for (const [key, source] of Object.entries(keys)) {
    const length = 'generate' in source ? source.generate : 'privateKey' in source ? 32 : undefined
    if (length !== undefined) lengths.set(length, [...(lengths.get(length) ?? []), key])
  }
  return lengths
}
