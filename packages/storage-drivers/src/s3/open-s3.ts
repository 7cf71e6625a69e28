import type { S3Connection, StorageError } from '@image-registry-operator/render/model'
import { pipe } from 'fp-ts/function'
import type { IO } from 'fp-ts/IO'
import * as TE from 'fp-ts/TaskEither'

import { agents } from '../agents'
import type { Backend, OpenBackend } from '../backend'
import { bucketPart } from '../s3-compatible/bucket-part'
import { s3Client } from '../s3-compatible/s3-client'
import type { CallDeps, StorageCaller } from '../storage-call'
import type { StorageAccess } from '../storage-driver'
import { identityMemory } from './identity-memory'
import { type IdentityDeps, s3Identity } from './s3-identity'
import { s3Location } from './s3-location'

/** What the S3 driver needs of the world besides the network. */
export type S3Deps = {
  readonly wait: CallDeps['wait']
  /** Milliseconds since 1970. */
  readonly now: IO<number>
  /** The text of a file, e.g. of a token that is renewed by others; rejects when there is none. */
  readonly readText: (path: string) => Promise<string>
  /** E.g. `cluster-image-registry-operator/1.2.3`. */
  readonly userAgent: string
}

const refused = (message: string): StorageError => ({
  _tag: 'StorageRefused',
  backend: 'S3',
  operation: 'OpenBackend',
  code: 'none',
  message,
})

/** Buckets of S3. To be called once: it remembers roles that have been assumed. */
export const openS3 = (deps: S3Deps): OpenBackend => {
  const identityDeps: IdentityDeps = {
    readText: deps.readText,
    memory: identityMemory(deps.now),
  }
  return (access, call) => {
    const { connection } = access.target
    if (connection._tag !== 'S3') return TE.left(refused('this is no storage of S3'))
    if (connection.region === '' && connection.endpoint === '')
      return TE.left(refused('neither a region nor an endpoint is known'))
    return opened(deps, identityDeps, { access, connection, call })
  }
}

type Opening = {
  readonly access: StorageAccess
  readonly connection: S3Connection
  readonly call: StorageCaller
}

const hostOf = ({ endpoint }: S3Connection): string => URL.parse(endpoint)?.hostname ?? ''

const opened = (
  { wait, userAgent }: S3Deps,
  identityDeps: IdentityDeps,
  { access, connection, call }: Opening,
): TE.TaskEither<StorageError, Backend> => {
  const ways = agents(access.target, hostOf(connection))
  return pipe(
    s3Identity(identityDeps, access, connection, call),
    TE.flatMap((identity) =>
      TE.fromTask<Awaited<ReturnType<typeof s3Client>>, StorageError>(() =>
        s3Client({ ...s3Location(connection), agents: ways, identity, userAgent }),
      ),
    ),
    TE.map((s3): Backend => ({
      parts: access.target.parts.map((part) => bucketPart({ s3, call, wait, backend: 'S3', part })),
      close: () => {
        s3.destroy()
        ways.http.destroy()
        ways.https.destroy()
      },
    })),
  )
}
