import type { IbmCosConnection, StorageError } from '@image-registry-operator/render/model'
import { pipe } from 'fp-ts/function'
import * as O from 'fp-ts/Option'
import * as TE from 'fp-ts/TaskEither'

import type { Agents } from '../agents'
import type { Backend, OpenBackend, PartDriver } from '../backend'
import { bucketPart } from '../s3-compatible/bucket-part'
import { type S3, s3Client } from '../s3-compatible/s3-client'
import type { CallDeps, StorageCaller } from '../storage-call'
import type { StorageAccess } from '../storage-driver'
import { type TokenCache, tokenCache } from './iam-token'
import { ibmBucketPart } from './ibm-bucket-part'
import { carriedBy } from './ibm-cos-error'
import { type Keys, partOf, whereabouts } from './ibm-whereabouts'
import { keptAgents } from './kept-agents'
import type { HmacKeys } from './resource-key'
import { resourceKeyPart } from './resource-key-part'
import { serviceInstancePart } from './service-instance-part'

export type IbmCosDeps = {
  readonly wait: CallDeps['wait']
  /** What the product calls itself, with its version. */
  readonly userAgent: string
}

type Opened = {
  readonly access: StorageAccess
  readonly connection: IbmCosConnection
  readonly call: StorageCaller
  readonly agentsOf: (host: string) => Agents
  readonly deps: IbmCosDeps
  readonly tokens: TokenCache
}

const refusedHere = (
  tag: 'CredentialsRefused' | 'StorageRefused',
  message: string,
): TE.TaskEither<StorageError, never> =>
  TE.left({ _tag: tag, backend: 'IbmCos', operation: 'Open', code: 'none', message })

// It is asked with every request; who has no keys gets here before one is sent.
const identity =
  (keys: Keys) =>
  async (): Promise<{ readonly accessKeyId: string; readonly secretAccessKey: string }> => {
    const found = await pipe(
      keys,
      TE.flatMap(
        TE.fromOption((): StorageError => ({
          _tag: 'CredentialsRefused',
          backend: 'IbmCos',
          operation: 'GetResourceKey',
          code: 'none',
          message: 'there are no HMAC keys',
        })),
      ),
    )()
    return found._tag === 'Left'
      ? Promise.reject(carriedBy(found.left))
      : { accessKeyId: found.right.id, secretAccessKey: found.right.secret }
  }

const s3For = (
  { connection, agentsOf, deps }: Opened,
  keys: Keys,
): TE.TaskEither<StorageError, S3> => {
  const { location, cosEndpoint } = connection
  return TE.fromTask(() =>
    s3Client({
      region: location,
      endpoint: cosEndpoint,
      pathStyle: true,
      dualStack: false,
      agents: agentsOf(new URL(cosEndpoint).hostname),
      identity: identity(keys),
      userAgent: deps.userAgent,
    }),
  )
}

const s3Bucket = ({ access, connection, call, deps }: Opened, s3: S3): PartDriver =>
  bucketPart({
    s3,
    call,
    wait: deps.wait,
    backend: 'IbmCos',
    part: partOf(access.target, 'bucket'),
    locationConstraint: `${connection.location}-smart`,
  })

/** With keys that somebody has given, only the bucket is of interest: whose instance it is in is his affair. */
const withGivenKeys = (
  opened: Opened,
  { id, secret }: HmacKeys,
): TE.TaskEither<StorageError, Backend> =>
  pipe(
    s3For(opened, TE.right(O.some({ id, secret }))),
    TE.map((s3) => ({ parts: [s3Bucket(opened, s3)], close: () => s3.destroy() })),
  )

const withApiKey = (opened: Opened, apiKey: string): TE.TaskEither<StorageError, Backend> => {
  const { access, connection, deps, call, agentsOf, tokens } = opened
  const { target } = access
  const { iamEndpoint } = connection
  const found = whereabouts(target, connection, { apiKey, iamEndpoint, agentsOf, call, tokens })
  const { wait } = deps
  const shared = { ...found, connection, wait }
  return pipe(
    s3For(opened, found.keys),
    TE.map((s3) => {
      const parts = [
        serviceInstancePart({ ...shared, part: partOf(target, 'service-instance') }),
        resourceKeyPart({ ...shared, part: partOf(target, 'resource-key') }),
        ibmBucketPart({ ...shared, part: partOf(target, 'bucket'), bucket: s3Bucket(opened, s3) }),
      ]
      const isWanted = ({ kind }: PartDriver): boolean =>
        target.parts.some((part) => part.kind === kind)
      return { parts: parts.filter(isWanted), close: () => s3.destroy() }
    }),
  )
}

const backendOf = (opened: Opened): TE.TaskEither<StorageError, Backend> => {
  const { target, values } = opened.access
  const { apiKey = '', id = '', secret = '' } = values
  switch (target.credentials.form) {
    case 'api-key':
      return apiKey === ''
        ? refusedHere('CredentialsRefused', 'there is no API key')
        : withApiKey(opened, apiKey)
    case 'keys':
      return id === '' || secret === ''
        ? refusedHere('CredentialsRefused', 'there are no HMAC keys')
        : withGivenKeys(opened, { id, secret })
    default:
      return refusedHere('StorageRefused', 'IBM Cloud knows no such credentials')
  }
}

const isUrl = (text: string): boolean => URL.canParse(text)

/** The first address of the connection that is none. */
const badEndpoint = (connection: IbmCosConnection): string | undefined =>
  [
    connection.cosEndpoint,
    connection.iamEndpoint,
    connection.resourceControllerEndpoint,
    connection.resourceManagerEndpoint,
  ].find((endpoint) => !isUrl(endpoint))

/**
 * Cloud Object Storage of IBM: a service instance, a resource key of it, and a bucket in it.
 *
 * Guarantees: with an API key each of the three is found again by its name after a crash, and none is made twice.
 * Assumptions: instance and key keep the parameters that they were made with. Where IBM's broker refuses ours, their
 * name and maker are what is left to prove whose they are.
 */
export const openIbmCos = (deps: IbmCosDeps): OpenBackend => {
  const tokens = tokenCache()
  return (access, call) => {
    const { connection } = access.target
    if (connection._tag !== 'IbmCos')
      return refusedHere('StorageRefused', `${connection._tag} is no storage of IBM`)
    const bad = badEndpoint(connection)
    if (bad !== undefined) return refusedHere('StorageRefused', `${bad} is no URL`)
    const { agentsOf, close: closeAgents } = keptAgents(access.target)
    return pipe(
      backendOf({ access, connection, call, agentsOf, deps, tokens }),
      TE.map(({ parts, close }): Backend => ({
        parts,
        close: () => {
          close()
          closeAgents()
        },
      })),
    )
  }
}
