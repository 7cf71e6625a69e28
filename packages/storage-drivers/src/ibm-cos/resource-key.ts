import {
  type IbmCosConnection,
  isJsonObject,
  type JsonObject,
  type StorageError,
  type StoragePart,
  textOf,
} from '@image-registry-operator/render/model'
import { pipe } from 'fp-ts/function'
import * as O from 'fp-ts/Option'
import * as TE from 'fp-ts/TaskEither'

import type { IbmApi } from './ibm-api'
import { ibmProblem } from './ibm-problem'
import { type MadeThing, madeThing, rightOne } from './made-thing'
import { managementUrl } from './management-url'
import { orNone, type ServiceInstance } from './service-instance'

/** A pair of keys in the language of S3. Secret. */
export type HmacKeys = { readonly id: string; readonly secret: string }

/** A service credential: what lets a registry in to the buckets of one instance. */
export type ResourceKey = MadeThing & {
  /** The instance that it is good for. */
  readonly instanceCrn: string
  readonly roleCrn: string
  /** Absent where it was made without, or where whoever asks may not see them. */
  readonly hmacKeys?: HmacKeys
  readonly isRedacted: boolean
}

/** What a key allows that the original makes. */
export const WRITER = 'crn:v1:bluemix:public:iam::::serviceRole:Writer'
const MANAGER = 'crn:v1:bluemix:public:iam::::serviceRole:Manager'

const hmacKeysIn = (credentials: JsonObject): HmacKeys | undefined => {
  const keys = credentials['cos_hmac_keys']
  if (!isJsonObject(keys)) return undefined
  const [id, secret] = [textOf(keys['access_key_id']), textOf(keys['secret_access_key'])]
  return id === '' || secret === '' ? undefined : { id, secret }
}

const resourceKey = (found: JsonObject, iamId: string): ResourceKey => {
  const credentials = isJsonObject(found['credentials']) ? found['credentials'] : {}
  const hmacKeys = hmacKeysIn(credentials)
  return {
    ...madeThing(found, iamId),
    instanceCrn: textOf(found['source_crn']),
    roleCrn: textOf(credentials['iam_role_crn']) || textOf(found['role']),
    ...(hmacKeys === undefined ? {} : { hmacKeys }),
    isRedacted: textOf(credentials['REDACTED']) !== '',
  }
}

/** What is looked for, and where. */
export type KeyQuery = {
  readonly api: IbmApi
  readonly connection: IbmCosConnection
  readonly part: StoragePart
}

/** Keys go at once; `removed` is what is left of them. */
const isLiving = ({ state }: ResourceKey): boolean => state !== 'removed'

// One without is of no use to a registry, and no reason against one with.
const hasKeys = ({ hmacKeys, isRedacted }: ResourceKey): boolean =>
  hmacKeys !== undefined || isRedacted

const unusable = (message: string): TE.TaskEither<StorageError, never> =>
  TE.left(ibmProblem('StorageRefused', 'GetResourceKey', message))

/** Fails for a key that no registry can use, and says what is wrong with it. */
const usable = (
  key: ResourceKey,
  instance: ServiceInstance,
): TE.TaskEither<StorageError, ResourceKey> => {
  if (key.instanceCrn !== instance.crn)
    return unusable(`resource key ${key.crn} is not of service instance ${instance.crn}`)
  if (key.isRedacted)
    return TE.left(
      ibmProblem(
        'AccessDenied',
        'GetResourceKey',
        `the API key may not see the credentials of resource key ${key.name}`,
      ),
    )
  if (key.hmacKeys === undefined) return unusable(`resource key ${key.name} has no HMAC keys`)
  return key.roleCrn === WRITER || key.roleCrn === MANAGER
    ? TE.right(key)
    : unusable(`resource key ${key.name} has neither the role Writer nor Manager`)
}

const ofCrn = (
  { api, connection }: KeyQuery,
  crn: string,
): TE.TaskEither<StorageError, O.Option<ResourceKey>> =>
  orNone(
    pipe(
      api.askJson({
        operation: 'GetResourceKey',
        method: 'GET',
        url: managementUrl(
          connection.resourceControllerEndpoint,
          `resource_keys/${encodeURIComponent(crn)}`,
        ),
      }),
      TE.flatMap((found) =>
        pipe(
          api.whoAmI,
          TE.map(({ iamId }) => resourceKey(found, iamId)),
        ),
      ),
      TE.map((key) => (isLiving(key) ? O.some(key) : O.none)),
    ),
  )

const ofName = (
  { api, connection, part: { name }, part }: KeyQuery,
  instance: ServiceInstance,
): TE.TaskEither<StorageError, O.Option<ResourceKey>> =>
  pipe(
    api.list(
      'ListResourceKeysForInstance',
      managementUrl(
        connection.resourceControllerEndpoint,
        `resource_instances/${encodeURIComponent(instance.crn)}/resource_keys`,
        { limit: '100' },
      ),
    ),
    TE.flatMap((found) =>
      pipe(
        api.whoAmI,
        TE.map(({ iamId }) => found.map((one) => resourceKey(one, iamId))),
      ),
    ),
    TE.map((keys) =>
      rightOne(part)(keys.filter((key) => key.name === name && isLiving(key) && hasKeys(key))),
    ),
  )

/** The key of the connection's CRN; without one, or when that is gone, the one of the part's name in the instance. */
export const currentKey = (
  query: KeyQuery,
  instance: ServiceInstance,
): TE.TaskEither<StorageError, O.Option<ResourceKey>> => {
  const { connection, part } = query
  const byName =
    part.name === '' || part.name.startsWith('crn:') ? undefined : ofName(query, instance)
  const none: TE.TaskEither<StorageError, O.Option<ResourceKey>> = TE.right(O.none)
  return pipe(
    connection.resourceKeyCrn === '' ? none : ofCrn(query, connection.resourceKeyCrn),
    TE.flatMap((found) => (O.isSome(found) ? TE.right(found) : (byName ?? none))),
  )
}

/** What a registry signs with; fails for a key that is of no use to it, and says why. */
export const usableKey = (
  key: ResourceKey,
  instance: ServiceInstance,
): TE.TaskEither<StorageError, HmacKeys> =>
  pipe(
    usable(key, instance),
    TE.flatMap(({ hmacKeys }) =>
      hmacKeys === undefined ? unusable('it has no HMAC keys') : TE.right(hmacKeys),
    ),
  )
