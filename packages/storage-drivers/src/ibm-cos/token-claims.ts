import { isJsonObject, type JsonObject, textOf } from '@image-registry-operator/render/model'
import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'
import * as O from 'fp-ts/Option'

/** What a token of IAM says of whom it was given to. */
export type TokenClaims = {
  /** The account that it is good for. */
  readonly accountId: string
  /** Whoever asks: a person, or a service ID. */
  readonly iamId: string
}

const decoded = (part: string): O.Option<JsonObject> =>
  pipe(
    E.tryCatch(
      (): unknown => JSON.parse(Buffer.from(part, 'base64url').toString('utf8')),
      E.toError,
    ),
    O.fromEither,
    O.filter(isJsonObject),
  )

/** Reads the middle of a JSON Web Token; whether it is genuine is for the services to say that it is sent to. */
export const tokenClaims = (token: string): O.Option<TokenClaims> =>
  pipe(
    decoded(token.split('.')[1] ?? ''),
    O.map(({ account, iam_id: iamId }) => ({
      accountId: isJsonObject(account) ? textOf(account['bss']) : '',
      iamId: textOf(iamId),
    })),
    O.filter(({ accountId }) => accountId !== ''),
  )
