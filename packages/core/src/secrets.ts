import type { ClaimOf, Region, Source } from './contract.ts'
import { compareText } from './finding.ts'
import type { UnitPlan } from './model.ts'

interface Listed {
  /** `what` says what to put there, and where to get it. */
  keys: readonly { key: string; what: string }[]
}
/** A Secret that exists before Flux does, as `namespace/name`. */
export interface DayZeroSecret extends Listed {
  secret: string
}
/** What a person puts into OpenBao: its path below `secret/`, and the stage that waits for it. */
export interface SuppliedSecret extends Listed {
  path: string
  stage: string
  command: string
}

/** Secrets that exist before Flux does; one that several ask for stands once. */
export function dayZeroSecrets(units: readonly UnitPlan[]): DayZeroSecret[] {
  const asked = secretsOf(units).flatMap((claim) => {
    const keys = keysFrom(claim, (source) => ('day0' in source ? source.day0 : undefined))
    return keys.length > 0 ? [{ secret: `${claim.namespace}/${claim.ask.name}`, keys }] : []
  })
  const bySecret = new Map(asked.map((one) => [one.secret, one]))
  return [...bySecret.values()].toSorted((a, b) => compareText(a.secret, b.secret))
}

/** What a person puts into the secret store. */
export function suppliedSecrets(units: readonly UnitPlan[]): SuppliedSecret[] {
  return secretsOf(units)
    .flatMap((claim) => {
      const keys = claim.ask.readOnly ? [] : keysFrom(claim, (source) => ('supply' in source ? source.supply : undefined))
      const path = claim.ask.path ?? `supplied/${claim.consumer}/${claim.ask.name}`
      return keys.length > 0
        ? [{ path, stage: stageOf(claim), keys, command: `bao kv put secret/${path} ${keys.map(({ key }) => `${key}=...`).join(' ')}` }]
        : []
    })
    .toSorted((a, b) => compareText(a.path, b.path))
}

/** Stages that wait until the peer, where a shared secret is made, has pushed it. */
export function sharedWaits(
  units: readonly UnitPlan[],
  region: Region,
  [first = '']: readonly string[],
): { secret: string; stage: string; origin: string }[] {
  return secretsOf(units)
    .filter(({ ask: { scope, origin = first } }) => scope === 'shared' && origin !== region.name)
    .map((claim) => ({ secret: `${claim.namespace}/${claim.ask.name}`, stage: stageOf(claim), origin: claim.ask.origin ?? first }))
    .toSorted((a, b) => compareText(`${a.stage} ${a.secret}`, `${b.stage} ${b.secret}`))
}

const secretsOf = (units: readonly UnitPlan[]): ClaimOf<'secret'>[] =>
  units.flatMap(({ needs }) => needs.filter((need) => need.kind === 'secret'))

function keysFrom({ ask }: ClaimOf<'secret'>, what: (source: Source) => string | undefined): Listed['keys'] {
  return Object.entries(ask.keys)
    .flatMap(([key, source]) => {
      const text = what(source)
      return text === undefined ? [] : [{ key, what: text }]
    })
    .toSorted((a, b) => compareText(a.key, b.key))
}

const stageOf = ({ consumer, before }: ClaimOf<'secret'>) => `${consumer}/${before === 'config' ? 'config' : 'needs'}`
