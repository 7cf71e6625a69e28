import { isJsonObject, type StorageError, textOf } from '@image-registry-operator/render/model'
import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'
import type { IO } from 'fp-ts/IO'
import * as O from 'fp-ts/Option'
import * as TE from 'fp-ts/TaskEither'

import type { Agents } from '../agents'
import type { StorageCaller } from '../storage-call'
import { TOKEN_OPERATION } from './ibm-cos-error'
import { type IbmAnswer, refused, sendIbm } from './ibm-request'
import { tokenUrl } from './management-url'
import { type TokenClaims, tokenClaims } from './token-claims'

/** A token, and whether it was got for an earlier request. */
export type IamToken = TokenClaims & { readonly token: string; readonly isKept: boolean }

/** The token that was given last, and what for. In memory only. */
export type TokenCache = {
  readonly get: (owner: string) => O.Option<IamToken>
  readonly keep: (owner: string, token: IamToken) => IO<void>
  readonly drop: IO<void>
}

export const tokenCache = (): TokenCache => {
  let kept: { readonly owner: string; readonly token: IamToken } | undefined
  return {
    get: (owner) => (kept?.owner === owner ? O.some({ ...kept.token, isKept: true }) : O.none),
    keep: (owner, token) => () => {
      kept = { owner, token }
    },
    drop: () => {
      kept = undefined
    },
  }
}

/** Whoever asks, and how IAM is reached. */
export type Applicant = {
  readonly apiKey: string
  readonly iamEndpoint: string
  readonly agentsOf: (host: string) => Agents
  readonly call: StorageCaller
  readonly tokens: TokenCache
}

const tokenIn = ({ status, body }: IbmAnswer): Promise<IamToken> => {
  const parsed = E.tryCatch((): unknown => JSON.parse(body), E.toError)
  const token =
    E.isRight(parsed) && isJsonObject(parsed.right) ? textOf(parsed.right['access_token']) : ''
  return pipe(
    tokenClaims(token),
    O.match(
      () => refused({ _tag: 'Unreadable', status }),
      (claims) => Promise.resolve({ ...claims, token, isKept: false }),
    ),
  )
}

const HEADERS = {
  Accept: 'application/json',
  'Content-Type': 'application/x-www-form-urlencoded',
}

const freshToken = (applicant: Applicant): TE.TaskEither<StorageError, IamToken> => {
  const url = tokenUrl(applicant.iamEndpoint)
  const body = new URLSearchParams({
    grant_type: 'urn:ibm:params:oauth:grant-type:apikey',
    apikey: applicant.apiKey,
    response_type: 'cloud_iam',
  }).toString()
  const send = sendIbm(applicant.agentsOf(url.hostname))
  return applicant.call({
    operation: TOKEN_OPERATION,
    send: (signal) => send({ method: 'POST', url, headers: HEADERS, body }, signal).then(tokenIn),
  })
}

/** The token that an API key is worth: the one that was given last, while nobody has refused it. */
export const iamToken = (applicant: Applicant): TE.TaskEither<StorageError, IamToken> => {
  const { tokens, iamEndpoint, apiKey } = applicant
  const owner = `${iamEndpoint} ${apiKey}`
  const fresh = pipe(
    freshToken(applicant),
    TE.tapIO((token) => tokens.keep(owner, token)),
  )
  return () =>
    pipe(
      tokens.get(owner),
      O.match(
        () => fresh,
        (token) => TE.right<StorageError, IamToken>(token),
      ),
    )()
}
