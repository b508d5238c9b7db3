import { type ClaimOf, compareText, type Services } from '@openova/core'

type Ask = Services['bucket']['ask']
type Claims = readonly Pick<ClaimOf<'bucket'>, 'ask' | 'consumer' | 'credential'>[]

/** The user of one consumer for one bucket; its access key is its name. */
export const userOf = ({ ask, consumer }: Claims[number]): string => `${consumer}-${ask.name}`

/** Every bucket once, though several may ask for it: versioned where one of them wants that, or where it is replicated. */
export function bucketsOf(claims: Claims, wanted: (ask: Ask) => boolean = () => true) {
  const names = new Set(claims.filter(({ ask }) => wanted(ask)).map(({ ask }) => ask.name))
  return [...names].toSorted(compareText).map((name) => {
    const asks = claims.flatMap(({ ask }) => (ask.name === name ? [ask] : []))
    return {
      name,
      policy: 'none',
      purge: false,
      versioning: asks.some(({ versioned, replicated }) => versioned === true || replicated === true),
      objectlocking: false,
    }
  })
}

export function usersOf(claims: Claims) {
  return claims.map((claim) => ({
    accessKey: userOf(claim),
    existingSecret: claim.credential,
    existingSecretKey: 'secretKey',
    policy: userOf(claim),
  }))
}

/** A user may do everything with its bucket, and nothing else. */
export function policiesOf(claims: Claims) {
  return claims.map((claim) => ({
    name: userOf(claim),
    statements: [{ effect: 'Allow', actions: ['s3:*'], resources: resourcesOf(claim.ask.name) }],
  }))
}

/** A bucket, and what lies in it. */
export const resourcesOf = (bucket: string): string[] => [`arn:aws:s3:::${bucket}`, `arn:aws:s3:::${bucket}/*`]
