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
import { type MadeThing, madeThing, rightOne } from './made-thing'
import { managementUrl } from './management-url'
import { resourceGroup } from './resource-group'

/** An instance of the object storage service: what buckets and keys belong to. */
export type ServiceInstance = MadeThing & { readonly resourceGroupId: string }

/** The standard plan of Cloud Object Storage in IBM's catalog; the original takes the same. */
export const STANDARD_PLAN = '744bfc56-d12c-4866-88d5-dac9139e0e5d'

/** What is looked for, and where. */
export type InstanceQuery = {
  readonly api: IbmApi
  readonly connection: IbmCosConnection
  readonly part: StoragePart
}

// In any other state it is gone, on its way out (for seven days it could be restored), or never came to be.
const LIVING: ReadonlySet<string> = new Set([
  'active',
  'provisioning',
  'pre_provisioning',
  'inactive',
])

/** The name to look for and to make under; empty where the part is known by its CRN only. */
export const instanceName = ({ name }: StoragePart): string => (name.startsWith('crn:') ? '' : name)

const serviceInstance = (found: JsonObject, iamId: string): ServiceInstance => ({
  ...madeThing(found, iamId),
  resourceGroupId: textOf(found['resource_group_id']),
})

const living = (instance: ServiceInstance): O.Option<ServiceInstance> =>
  LIVING.has(instance.state) ? O.some(instance) : O.none

export const orNone = <A>(
  found: TE.TaskEither<StorageError, O.Option<A>>,
): TE.TaskEither<StorageError, O.Option<A>> =>
  pipe(
    found,
    TE.orElse((error) =>
      error._tag === 'StorageNotFound'
        ? TE.right<StorageError, O.Option<A>>(O.none)
        : TE.left(error),
    ),
  )

/** The instance of that CRN, if it is alive. */
export const instanceOfCrn = (
  api: IbmApi,
  { resourceControllerEndpoint }: IbmCosConnection,
  crn: string,
): TE.TaskEither<StorageError, O.Option<ServiceInstance>> =>
  orNone(
    pipe(
      api.whoAmI,
      TE.flatMap(({ iamId }) =>
        pipe(
          api.askJson({
            operation: 'GetResourceInstance',
            method: 'GET',
            url: managementUrl(
              resourceControllerEndpoint,
              `resource_instances/${encodeURIComponent(crn)}`,
            ),
          }),
          TE.map((found) => living(serviceInstance(found, iamId))),
        ),
      ),
    ),
  )

const listed = (
  { api, connection }: InstanceQuery,
  name: string,
): TE.TaskEither<StorageError, ReadonlyArray<ServiceInstance>> =>
  pipe(
    resourceGroup(api, connection.resourceManagerEndpoint, connection.resourceGroup),
    TE.flatMap(({ id }) =>
      api.list(
        'ListResourceInstances',
        managementUrl(connection.resourceControllerEndpoint, 'resource_instances', {
          name,
          resource_group_id: id,
          resource_plan_id: STANDARD_PLAN,
          limit: '100',
        }),
      ),
    ),
    TE.flatMap((found) =>
      pipe(
        api.whoAmI,
        TE.map(({ iamId }) => found.filter(isJsonObject).map((one) => serviceInstance(one, iamId))),
      ),
    ),
  )

/** The living instance of the part's name in its resource group. */
const instanceOfName = (
  query: InstanceQuery,
): TE.TaskEither<StorageError, O.Option<ServiceInstance>> => {
  const name = instanceName(query.part)
  return name === ''
    ? TE.right(O.none)
    : pipe(
        listed(query, name),
        TE.map((found) =>
          rightOne(query.part)(found.filter((one) => one.name === name && O.isSome(living(one)))),
        ),
      )
}

/** The instance of the connection's CRN; without one, or when that is gone, the one of the part's name. */
export const currentInstance = (
  query: InstanceQuery,
): TE.TaskEither<StorageError, O.Option<ServiceInstance>> => {
  const { api, connection } = query
  return connection.serviceInstanceCrn === ''
    ? instanceOfName(query)
    : pipe(
        instanceOfCrn(api, connection, connection.serviceInstanceCrn),
        TE.flatMap((found) => (O.isSome(found) ? TE.right(found) : instanceOfName(query))),
      )
}
