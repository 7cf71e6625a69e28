import type { KeyObject } from 'node:crypto'

import {
  isJsonObject,
  type JsonObject,
  type StorageError,
  textOf,
} from '@image-registry-operator/render/model'
import * as E from 'fp-ts/Either'
import { flow, pipe } from 'fp-ts/function'
import type { IO } from 'fp-ts/IO'
import * as TE from 'fp-ts/TaskEither'

import type { StorageCaller } from '../storage-call'
import type { GoogleClient } from './gcs-client'
import {
  type ExternalAccount,
  googleCredentials,
  type ServiceAccountKey,
} from './google-credentials'
import { failedRequest } from './google-failure'
import type { Token } from './kept-tokens'
import { signedAssertion, signingKey } from './signed-assertion'

/** How tokens are asked for. */
export type TokenDeps = {
  readonly client: GoogleClient
  readonly call: StorageCaller
  /** Milliseconds since 1970. */
  readonly now: IO<number>
  /** The text of the file in which somebody else renews a token; rejects when there is none. */
  readonly readText: (path: string) => Promise<string>
}

/*
 * Not by google-auth-library, which comes with the library for buckets. For an external account it exchanges tokens
 * by a client of its own making, whatever it is given: one that takes proxies from the environment and repeats. For
 * a key it leaves out `kid`, heeds no `token_uri`, and both read the clock.
 */

/** A new token for a scope. Each one is asked for. */
export type NewToken = (scope: string) => TE.TaskEither<StorageError, Token>

/** Tokens of Google itself are told apart by this scope, before they become tokens of a service account. */
const PLATFORM_SCOPE = 'https://www.googleapis.com/auth/cloud-platform'

/** A token is not used in its last two minutes: requests take time, and clocks differ. */
const MARGIN_MS = 120_000

const untilMs = (nowMs: number, lifeMs: number): number =>
  nowMs + lifeMs - Math.min(MARGIN_MS, lifeMs / 2)

const credentialsRefused = (message: string): StorageError => ({
  _tag: 'CredentialsRefused',
  backend: 'Gcs',
  operation: 'read the credentials',
  code: 'none',
  message,
})

type Form = { readonly [name: string]: string }

/** What a token endpoint grants for a form; `operation` names the endpoint. */
const granted = (
  { client, call, now }: TokenDeps,
  operation: string,
  url: string,
  form: () => Form,
): TE.TaskEither<StorageError, Token> =>
  call({
    operation,
    send: async (signal) => {
      const content = { _tag: 'Form', fields: form() } as const
      const target = new URL(url)
      const answer = await client.send({ method: 'POST', url: target, token: '', content })(signal)
      const value = textOf(answer['access_token'])
      return value === ''
        ? Promise.reject(failedRequest({ _tag: 'Unreadable', host: target.host }))
        : { value, untilMs: untilMs(now(), Number(answer['expires_in'] ?? 0) * 1000) }
    },
  })

const ofKey =
  (deps: TokenDeps, account: ServiceAccountKey, key: KeyObject): NewToken =>
  (scope) =>
    granted(deps, 'oauth2.token', account.tokenUrl, () => ({
      grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
      assertion: signedAssertion(account, key, { scope, nowMs: deps.now() }),
    }))

const fieldOf = (text: string, field: string): string => {
  const parsed = E.tryCatch((): unknown => JSON.parse(text), E.toError)
  return E.isRight(parsed) && isJsonObject(parsed.right) ? textOf(parsed.right[field]) : ''
}

const whyNot = (cause: unknown): string =>
  cause instanceof Error && 'code' in cause ? String(cause.code) : 'unreadable'

/** The token that somebody else vouches for. It is read anew each time: it is replaced before it expires. */
const subjectToken = (
  { readText }: TokenDeps,
  { tokenFile, tokenField }: ExternalAccount,
): TE.TaskEither<StorageError, string> =>
  pipe(
    TE.tryCatch(
      () => readText(tokenFile),
      (cause) => credentialsRefused(`their token file ${tokenFile}: ${whyNot(cause)}`),
    ),
    TE.map((text) => (tokenField === '' ? text : fieldOf(text, tokenField)).trim()),
    TE.filterOrElse(
      (token) => token !== '',
      () => credentialsRefused(`their token file ${tokenFile} has no token in it`),
    ),
  )

/** RFC 8693. */
const exchanged = (
  deps: TokenDeps,
  { tokenUrl, audience, subjectTokenType }: ExternalAccount,
  subject: string,
  scope: string,
): TE.TaskEither<StorageError, Token> =>
  granted(deps, 'sts.token', tokenUrl, () => ({
    grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
    audience,
    scope,
    requested_token_type: 'urn:ietf:params:oauth:token-type:access_token',
    subject_token: subject,
    subject_token_type: subjectTokenType,
  }))

const ofAccount = (answer: JsonObject, nowMs: number): Token | undefined => {
  const value = textOf(answer['accessToken'])
  const endMs = Date.parse(textOf(answer['expireTime']))
  return value === '' || Number.isNaN(endMs)
    ? undefined
    : { value, untilMs: untilMs(nowMs, endMs - nowMs) }
}

const impersonated = (
  { client, call, now }: TokenDeps,
  { impersonationUrl, impersonationSeconds }: ExternalAccount,
  token: string,
  scope: string,
): TE.TaskEither<StorageError, Token> =>
  call({
    operation: 'iamcredentials.generateAccessToken',
    send: async (signal) => {
      const value = { scope: [scope], lifetime: `${impersonationSeconds}s` }
      const url = new URL(impersonationUrl)
      const content = { _tag: 'Json', value } as const
      const answer = await client.send({ method: 'POST', url, token, content })(signal)
      const given = ofAccount(answer, now())
      return given ?? Promise.reject(failedRequest({ _tag: 'Unreadable', host: url.host }))
    },
  })

const ofExternal =
  (deps: TokenDeps, account: ExternalAccount): NewToken =>
  (scope) => {
    const isDirect = account.impersonationUrl === ''
    return pipe(
      subjectToken(deps, account),
      TE.flatMap((subject) => exchanged(deps, account, subject, isDirect ? scope : PLATFORM_SCOPE)),
      TE.flatMap((token) =>
        isDirect ? TE.right(token) : impersonated(deps, account, token.value, scope),
      ),
    )
  }

/** That nobody is there who gives tokens, or no account to give them for, says nothing of whether the storage is there. */
const notOfStorage = (error: StorageError): StorageError =>
  error._tag === 'StorageNotFound' ? { ...error, _tag: 'CredentialsRefused' } : error

/** How to get tokens for whoever the document says asks; Left if it says nothing that can be used. */
export const newTokens = (deps: TokenDeps, document: string): E.Either<StorageError, NewToken> =>
  pipe(
    googleCredentials(document),
    E.flatMap((account) =>
      account._tag === 'ExternalAccount'
        ? E.right(ofExternal(deps, account))
        : pipe(
            signingKey(account),
            E.map((key) => ofKey(deps, account, key)),
          ),
    ),
    E.map((newToken): NewToken => flow(newToken, TE.mapLeft(notOfStorage))),
    E.mapLeft(credentialsRefused),
  )
