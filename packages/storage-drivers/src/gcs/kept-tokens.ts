import type { IO } from 'fp-ts/IO'

/** Lets us in for a while. */
export type Token = {
  readonly value: string
  /** Milliseconds since 1970. */
  readonly untilMs: number
}

/** Tokens that still hold, by what they are for. A storage is opened for every look at it, and a token holds an hour. */
export type KeptTokens = {
  readonly find: (key: string) => IO<Token | undefined>
  readonly keep: (key: string, token: Token) => IO<void>
  readonly forget: (key: string) => IO<void>
}

/** Nothing is kept yet. `now`: milliseconds since 1970. Tokens that hold no more go with the next one that comes. */
export const keptTokens = (now: IO<number>): KeptTokens => {
  let tokens: ReadonlyMap<string, Token> = new Map()
  const holding = (): ReadonlyArray<readonly [string, Token]> =>
    [...tokens].filter(([, { untilMs }]) => untilMs > now())
  return {
    find: (key) => () => new Map(holding()).get(key),
    keep: (key, token) => () => {
      tokens = new Map([...holding(), [key, token]])
    },
    forget: (key) => () => {
      tokens = new Map([...tokens].filter(([known]) => known !== key))
    },
  }
}
