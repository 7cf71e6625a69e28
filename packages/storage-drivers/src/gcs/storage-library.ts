import type { JsonObject, StorageError } from '@image-registry-operator/render/model'
import * as E from 'fp-ts/Either'
import type * as TE from 'fp-ts/TaskEither'

import { loadStorage, type Storage } from './gcs-client'
import { gcsError } from './gcs-error'
import type { ApiCall, GoogleApi } from './google-api'

/** A request as the library would have it sent. */
type Asked = {
  readonly method?: ApiCall['method']
  readonly uri: string
  readonly qs?: { readonly [name: string]: string | number | boolean | undefined }
  readonly json?: JsonObject
}

/** How the library hears of the answer. */
type Done = (failure: Error | null, answer?: JsonObject, response?: object) => void

/** A failure in the form in which the library hands it on. */
type FailedCall = Error & { readonly storageError: StorageError }

const failedCall = (storageError: StorageError): FailedCall =>
  Object.assign(new Error(storageError._tag), { storageError })

const isFailedCall = (cause: unknown): cause is FailedCall =>
  cause instanceof Error && 'storageError' in cause

/** For the library only: what Google does not know. */
const NOT_SENT: ReadonlySet<string> = new Set(['autoPaginate'])

const urlOf = ({ uri, qs = {} }: Asked): URL => {
  const query = Object.entries(qs).flatMap(([name, value]): ReadonlyArray<[string, string]> =>
    value === undefined || NOT_SENT.has(name) ? [] : [[name, `${value}`]],
  )
  const url = new URL(uri)
  url.search = new URLSearchParams(query).toString()
  return url
}

const callOf = (operation: string, asked: Asked): ApiCall => ({
  operation,
  method: asked.method ?? 'GET',
  url: urlOf(asked),
  ...(asked.json === undefined ? {} : { value: asked.json }),
})

/**
 * Sends by our way what the library would send by its own, which looks for credentials and proxies in the
 * environment and at metadata servers, and repeats what has failed.
 */
const sentBy =
  (api: GoogleApi, operation: string, onDefect: (cause: unknown) => void) =>
  (asked: Asked, done: Done): void => {
    api(callOf(operation, asked))()
      .then((result) =>
        E.isLeft(result) ? done(failedCall(result.left)) : done(null, result.right, {}),
      )
      // The library does not expect answers of another form than Google's, and would never say that it has failed.
      .catch(onDefect)
  }

/** What is asked of the library, and of which project. */
export type Use<A> = {
  /** The API's own name of it, e.g. `storage.buckets.get`. */
  readonly operation: string
  readonly project: string
  /** Has to make one request. */
  readonly ask: (storage: Storage) => Promise<A>
}

/** Has the library ask the API: what it would send goes the way of all our requests, and no other. */
export const askedByLibrary =
  (api: GoogleApi) =>
  <A>({ operation, project, ask }: Use<A>): TE.TaskEither<StorageError, A> =>
  async () => {
    const answered = loadStorage().then(
      ({ Storage }) =>
        new Promise<A>((resolve, reject) => {
          const storage = Object.assign(new Storage(), {
            // Else STORAGE_EMULATOR_HOST, and a word in place of a project that nobody names.
            baseUrl: 'https://storage.googleapis.com/storage/v1',
            projectId: project,
            makeAuthenticatedRequest: sentBy(api, operation, reject),
          })
          ask(storage).then(resolve, reject)
        }),
    )
    return answered.then(E.right, (cause: unknown) =>
      E.left(isFailedCall(cause) ? cause.storageError : gcsError(cause, operation)),
    )
  }
