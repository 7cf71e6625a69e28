import type { S3Identity } from '../s3-compatible/s3-client'

/** Whoever is good for less than this much longer is asked for anew. */
const MARGIN_MS = 5 * 60_000

/** Remembers who signs. */
export type IdentityMemory = {
  /** Who was given before, as long as that is good. */
  readonly known: (who: string) => S3Identity | undefined
  readonly keep: (who: string, identity: S3Identity) => S3Identity
}

/**
 * Remembers the last identity that was given for a while, so that not every look at a bucket begins with a visit to
 * the service that gives them.
 */
export const identityMemory = (now: () => number): IdentityMemory => {
  let last: { readonly who: string; readonly identity: S3Identity } | undefined
  const isGood = ({ expiration }: S3Identity): boolean =>
    expiration === undefined || expiration.getTime() - now() > MARGIN_MS
  return {
    known: (who) => (last?.who === who && isGood(last.identity) ? last.identity : undefined),
    keep: (who, identity) => {
      last = { who, identity }
      return identity
    },
  }
}
