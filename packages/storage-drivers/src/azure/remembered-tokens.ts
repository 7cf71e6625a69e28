import type { IO } from 'fp-ts/IO'

import type { AccessToken, TokenCredential } from './azure-client'

/** Tokens that are still good, by whom and what they are for. */
export type RememberedTokens = Map<string, AccessToken>

/** Before a token ends, in milliseconds, another one is asked for. */
const MARGIN_MS = 5 * 60_000

type Memory = {
  readonly tokens: RememberedTokens
  readonly holder: string
  readonly now: IO<number>
}

/**
 * A credential that asks for a token only when the last one has (nearly) ended.
 *
 * `holder` tells apart whose tokens these are: with another secret nobody gets a token that the former one was given.
 */
export const rememberingCredential = (
  { tokens, holder, now }: Memory,
  credential: TokenCredential,
): TokenCredential => ({
  getToken: async (scopes, options) => {
    const name = JSON.stringify([holder, scopes])
    const known = tokens.get(name)
    // Claims are asked for by a service that does not take the token it was given.
    if (known !== undefined && options?.claims === undefined)
      if (known.expiresOnTimestamp > now() + MARGIN_MS) return known
    const fresh = await credential.getToken(scopes, options)
    if (fresh === null) tokens.delete(name)
    else tokens.set(name, fresh)
    return fresh
  },
})
