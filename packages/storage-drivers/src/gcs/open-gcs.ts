import type { StorageError } from '@image-registry-operator/render/model'
import { pipe } from 'fp-ts/function'
import type { IO } from 'fp-ts/IO'
import type { Task } from 'fp-ts/Task'
import * as TE from 'fp-ts/TaskEither'

import type { Backend, OpenBackend } from '../backend'
import { bucketPart } from './bucket-part'
import { googleClient } from './gcs-client'
import { googleApi } from './google-api'
import { newTokens } from './google-token'
import { keptTokens } from './kept-tokens'

/** What a driver of Google Cloud Storage needs of the world besides the network. */
export type GcsDeps = {
  /** For operations that take a while at Google's. */
  readonly wait: (ms: number) => Task<void>
  /** Milliseconds since 1970. */
  readonly now: IO<number>
  /** The text of the file in which the cluster renews its token; rejects when there is none. */
  readonly readText: (path: string) => Promise<string>
  /** How requests name who sends them. */
  readonly userAgent: string
}

const STORAGE_SCOPE = 'https://www.googleapis.com/auth/devstorage.full_control'
/** The narrowest that may bind tags; it is asked for only where tags are wanted. */
const TAGS_SCOPE = 'https://www.googleapis.com/auth/cloud-platform'

const notGoogles: StorageError = {
  _tag: 'StorageRefused',
  backend: 'Gcs',
  operation: 'open',
  code: 'none',
  message: 'this is no storage of Google, or its credentials are no file',
}

/**
 * Opens buckets of Google Cloud Storage. Google's library says what to ask for, but sends nothing: it would take
 * its proxy from the environment, no authority of ours, and no end of a request. Tags it does not know.
 */
export const openGcs = ({ wait, now, readText, userAgent }: GcsDeps): OpenBackend => {
  const kept = keptTokens(now)
  return ({ target, values }, call) => {
    const { connection, credentials, parts } = target
    if (connection._tag !== 'Gcs' || credentials.form !== 'file') return TE.left(notGoogles)
    const client = googleClient(target, userAgent)
    const document = values['file'] ?? ''
    return pipe(
      TE.fromEither(newTokens({ client, call, now, readText }, document)),
      TE.map((newToken): Backend => {
        const deps = { client, call, newToken, kept, document }
        const storage = googleApi(deps, STORAGE_SCOPE)
        const resourceManager = googleApi(deps, TAGS_SCOPE)
        return {
          parts: parts
            .filter(({ kind }) => kind === 'bucket')
            .map((part) => bucketPart({ storage, resourceManager, wait }, connection, part)),
          close: client.close,
        }
      }),
    )
  }
}
