import type { Catalog, Chosen, Component, Facts, Grant, Kind, Need, SecretAsk, Service, Source } from '../contract.ts'
import { compareText } from '../finding.ts'
import type { ComponentName, UnitName } from '../names.ts'
import { neededBy, ownerOf } from './choose.ts'

/** A unit in a region: its definition, and what its functions may look at in the first pass. */
export interface Tenant {
  unit: Component
  namespace: string
  facts: Facts
}
/** An answered need: the claim, and the owner who answers it. */
export type Answer = Chosen['needs'][number]

/**
 * First pass in one region: every need with its owner's grant.
 * A need whose owner is not chosen has no answer; `choose` has reported those that are required.
 */
export function answerNeeds(tenants: readonly Tenant[], peers: readonly Tenant[], catalog: Catalog): Answer[] {
  const here = new Map(tenants.map((tenant) => [tenant.unit.name, tenant]))
  const there = new Map(peers.map((tenant) => [tenant.unit.name, tenant]))
  return tenants
    .flatMap((tenant) => neededBy(tenant.unit, tenant.facts).flatMap(({ key, need }) => answer(tenant, key, need)))
    .toSorted(byConsumer)

  function answer(consumer: Tenant, key: string, need: Need): Answer[] {
    const { kind } = need
    const owner = here.get(ownerOf(kind, catalog)?.name as UnitName)
    if (owner === undefined) return []
    const service = owner.unit.serves?.[kind] as Service<Kind, unknown, never>
    // A database's name may hold what that of a Secret may not.
    const name = (nameOf(need) ?? key).replaceAll('_', '-')
    const asked = {
      kind,
      ask: need.ask,
      consumer: consumer.unit.name,
      key,
      namespace: (kind === 'secret' && (need.ask as SecretAsk).namespace) || consumer.namespace,
      before: need.before,
      secret: kind === 'secret' ? name : `${kind}-${name}`,
      credential: `${kind}-${consumer.unit.name}-${name}`,
    }
    const away = there.get(owner.unit.name)
    const grant = {
      ...service.grant(asked, owner.facts, 'here'),
      secret: asked.secret,
      ...(away && { peer: service.grant(asked, away.facts, 'peer') }),
    } as Grant<Kind>
    const backup = service.backup?.(asked, owner.facts)
    const stored = backup ? answer(consumer, `${key}.backup`, backup) : []
    const claim = {
      ...asked,
      grant,
      ...(stored[0] && { backup: stored[0].grant as Grant<'bucket'> }),
      owner: owner.unit.name as ComponentName,
      opens: typeof service.opens === 'function' ? service.opens(need.ask) : (service.opens ?? {}),
    } as Answer
    return [claim, ...stored, ...credentials({ consumer, owner, service, need, claim })]
  }

  /** The Secrets of a credential: the one that generates it (its parts keep their names), and a copy for the other side where the owner keeps one. */
  function credentials({
    consumer,
    owner,
    service,
    need,
    claim,
  }: {
    consumer: Tenant
    owner: Tenant
    service: Service<Kind, unknown, never>
    need: Need
    claim: Answer
  }): Answer[] {
    if (service.credential === undefined) return []
    const parts: Record<string, { generate: number } | { value: string }> = service.credential(claim, owner.facts)
    const scope = service.credentialScope?.(claim, owner.facts) ?? 'region'
    const origin = owner.facts.platform.regions[0] ?? ''
    const path = `${scope === 'shared' ? `shared/${origin}` : 'region'}/${consumer.unit.name}/${claim.secret}`
    const made = Object.fromEntries(
      Object.entries(parts).map(([part, source]): [string, Source] => [part, 'value' in source ? { template: source.value } : source]),
    )
    const wanted = Object.fromEntries(
      Object.entries(need.secret).map(([key, text]): [string, Source] => [key, { template: fillIn(text, parts) }]),
    )
    const keeps = typeof service.keepsCredential === 'function' ? service.keepsCredential(claim, owner.facts) : service.keepsCredential
    if (keeps !== 'needs') refuseOtherMeaning(need, parts, consumer.unit.name)
    const secret = (tenant: Tenant, key: string, ask: SecretAsk, before: Need['before']) =>
      answer(tenant, key, { kind: 'secret', mode: 'required', ask, secret: {}, before } satisfies Need<'secret', 'required'>)
    const common = { scope, origin, path }
    const typed = { ...common, ...(need.secretType && { type: need.secretType }), name: claim.secret }
    const kept = { ...common, name: claim.credential }
    const forConsumer = `${claim.key}.credential`
    const forOwner = `${claim.consumer}.${claim.key}`
    if (keeps === 'needs') {
      const read = Object.keys(wanted).length > 0 ? wanted : asRead(made)
      return [
        ...secret(owner, forOwner, { ...kept, keys: made }, 'install'),
        ...secret(consumer, forConsumer, { ...typed, keys: read, readOnly: true }, claim.before),
      ]
    }
    return [
      ...secret(consumer, forConsumer, { ...typed, keys: { ...wanted, ...made } }, claim.before),
      ...(keeps === 'config' ? secret(owner, forOwner, { ...kept, keys: asRead(made), readOnly: true }, 'config') : []),
    ]
  }
}

const byConsumer = (a: Answer, b: Answer) => compareText(`${a.consumer}\0${a.key}\0${a.kind}`, `${b.consumer}\0${b.key}\0${b.kind}`)

const nameOf = ({ ask }: Need): string | undefined => ('name' in ask ? ask.name : undefined)

/** A Secret that has all parts by their names cannot have one of these names for something else. */
function refuseOtherMeaning({ kind, secret }: Need, parts: object, consumer: UnitName): void {
  for (const [key, text] of Object.entries(secret)) {
    if (key in parts && text !== `{{ .${key} }}`)
      throw new Error(`${consumer}: \`${key}\` is a part of the credential of its ${kind}, expected another key for \`${text}\``)
  }
}

/** Known parts stand in the template itself; generated ones are read from the store. */
function fillIn(text: string, parts: Record<string, { generate: number } | { value: string }>): string {
  return Object.entries(parts).reduce(
    (filled, [part, source]) => ('value' in source ? filled.replaceAll(`{{ .${part} }}`, source.value) : filled),
    text,
  )
}

/** The same keys, read from the store instead of generated. */
function asRead(keys: Record<string, Source>): Record<string, Source> {
  return Object.fromEntries(
    Object.entries(keys).map(([key, source]): [string, Source] => [key, 'generate' in source ? { template: `{{ .${key} }}` } : source]),
  )
}
