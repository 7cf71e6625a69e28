import { createHash } from 'node:crypto'

import type { JsonObject, StorageError } from '@image-registry-operator/render/model'
import { pipe } from 'fp-ts/function'
import * as TE from 'fp-ts/TaskEither'

import type { StorageCaller } from '../storage-call'
import type { GoogleClient, GoogleRequest } from './gcs-client'
import type { NewToken } from './google-token'
import type { KeptTokens } from './kept-tokens'

/** A call of one of Google's APIs. */
export type ApiCall = Pick<GoogleRequest, 'method' | 'url'> & {
  /** The API's own name of it, e.g. `storage.buckets.get`. */
  readonly operation: string
  /** What is sent, as JSON. */
  readonly value?: JsonObject
}

/** Asks an API as whom the credentials say, and gives its answer. */
export type GoogleApi = (call: ApiCall) => TE.TaskEither<StorageError, JsonObject>

type ApiDeps = {
  readonly client: GoogleClient
  readonly call: StorageCaller
  readonly newToken: NewToken
  readonly kept: KeptTokens
  /** What the credentials are, for the name under which tokens are kept. */
  readonly document: string
}

type Entry = { readonly token: string; readonly isNew: boolean }

const attempt = (
  { client, call }: ApiDeps,
  { operation, method, url, value }: ApiCall,
  token: string,
): TE.TaskEither<StorageError, JsonObject> => {
  const content = value === undefined ? {} : { content: { _tag: 'Json', value } as const }
  return call({ operation, send: client.send({ method, url, token, ...content }) })
}

const keyOf = (document: string, scope: string): string =>
  createHash('sha256').update(`${scope}\n${document}`).digest('hex')

/**
 * An API for which one scope is needed. A token is asked for when there is none that holds, and once more if
 * the one that was kept is refused.
 */
export const googleApi = (deps: ApiDeps, scope: string): GoogleApi => {
  const { kept, newToken, document } = deps
  const key = keyOf(document, scope)
  const asked: TE.TaskEither<StorageError, Entry> = pipe(
    newToken(scope),
    TE.tapIO((token) => kept.keep(key, token)),
    TE.map(({ value }) => ({ token: value, isNew: true })),
  )
  const entry: TE.TaskEither<StorageError, Entry> = pipe(
    TE.fromIO(kept.find(key)),
    TE.flatMap((token) =>
      token === undefined ? asked : TE.right({ token: token.value, isNew: false }),
    ),
  )
  return (call) =>
    pipe(
      entry,
      TE.flatMap(({ token, isNew }) =>
        pipe(
          attempt(deps, call, token),
          TE.orElse((error) =>
            isNew || error._tag !== 'CredentialsRefused'
              ? TE.left(error)
              : pipe(
                  TE.fromIO<void, StorageError>(kept.forget(key)),
                  TE.flatMap(() => asked),
                  TE.flatMap((fresh) => attempt(deps, call, fresh.token)),
                ),
          ),
        ),
      ),
    )
}
