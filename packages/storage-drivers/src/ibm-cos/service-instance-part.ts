import type { StorageError } from '@image-registry-operator/render/model'
import { pipe } from 'fp-ts/function'
import * as O from 'fp-ts/Option'
import type * as T from 'fp-ts/Task'
import * as TE from 'fp-ts/TaskEither'

import type { PartDriver, PartFound, PartRead } from '../backend'
import { awaitedInstance, isActive } from './awaited-instance'
import { bucketNames } from './bucket-by-token'
import { makeOnce } from './make-once'
import { managementUrl } from './management-url'
import type { Remembered } from './remembered'
import { resourceGroup, resourceGroupName } from './resource-group'
import {
  instanceName,
  type InstanceQuery,
  type ServiceInstance,
  STANDARD_PLAN,
} from './service-instance'
import { ibmProblem, notWritable } from './ibm-problem'

export type InstancePartDeps = InstanceQuery & {
  readonly instance: Remembered<ServiceInstance>
  readonly wait: (ms: number) => T.Task<void>
}

/** Object storage has instances everywhere at once, which is what this place of IBM's catalog says. */
const EVERYWHERE = 'bluemix-global'
const found =
  ({ part, connection }: InstancePartDeps) =>
  ({ crn, state, marks }: ServiceInstance): PartFound => ({
    _tag: 'Present',
    marks,
    details: {
      crn,
      state,
      ...(connection.serviceInstanceCrn === ''
        ? { resourceGroupName: connection.resourceGroup }
        : {}),
    },
    settings: part.settings.some(({ name }) => name === 'Tagged')
      ? { Tagged: { _tag: 'NotSupported', error: notWritable('service instance') } }
      : {},
  })

const isThereRead = (deps: InstancePartDeps): PartRead => ({
  tells: [],
  read: pipe(
    deps.instance.now,
    TE.map(O.match((): PartFound => ({ _tag: 'Absent' }), found(deps))),
  ),
})

/** An instance that a CRN names is in a resource group that only it knows. */
const groupRead = ({ api, connection, instance }: InstancePartDeps): PartRead => ({
  tells: [],
  read: pipe(
    instance.last,
    TE.flatMap(
      O.match(
        (): TE.TaskEither<StorageError, PartFound> => TE.right({ _tag: 'Absent' }),
        ({ resourceGroupId }) =>
          pipe(
            resourceGroupName(api, connection.resourceManagerEndpoint, resourceGroupId),
            TE.map((name): PartFound => ({
              _tag: 'Present',
              details: { resourceGroupName: name },
            })),
          ),
      ),
    ),
  ),
})

/** The tag that the original gives, too; it is seen in IBM's console, but not by way of the resource controller. */
const tags = ({ part }: InstancePartDeps): ReadonlyArray<string> => {
  const infrastructure = instanceName(part).replace(/-image-registry$/, '')
  return [`kubernetes.io_cluster_${infrastructure}:owned`]
}

const create = (deps: InstancePartDeps): TE.TaskEither<StorageError, void> => {
  const { api, connection, part, instance } = deps
  const name = instanceName(part)
  if (name === '')
    return TE.left(
      ibmProblem('StorageRefused', 'CreateResourceInstance', `there is no instance ${part.name}`),
    )
  return pipe(
    resourceGroup(api, connection.resourceManagerEndpoint, connection.resourceGroup),
    TE.flatMap(({ id }) =>
      makeOnce({
        api,
        part,
        look: instance.now,
        post: {
          operation: 'CreateResourceInstance',
          url: managementUrl(connection.resourceControllerEndpoint, 'resource_instances'),
        },
        body: {
          name,
          target: EVERYWHERE,
          resource_group: id,
          resource_plan_id: STANDARD_PLAN,
          tags: tags(deps),
        },
        parameters: {},
      }),
    ),
    TE.flatMap(() => instance.now),
    TE.flatMap(
      O.match(
        () =>
          TE.left(ibmProblem('StorageConflict', 'CreateResourceInstance', 'it is not listed yet')),
        ({ crn }) => awaitedInstance(deps, crn, isActive),
      ),
    ),
  )
}

/** Its buckets go with an instance: others than the registry's would be lost. */
const isFree = (
  deps: InstancePartDeps,
  { crn }: ServiceInstance,
): TE.TaskEither<StorageError, void> =>
  pipe(
    bucketNames(deps.api, deps.connection, crn),
    TE.flatMap((names) =>
      names.length === 0
        ? TE.right(undefined)
        : TE.left(
            ibmProblem(
              'StorageConflict',
              'DeleteResourceInstance',
              `there are buckets in the instance: ${names.slice(0, 3).join(', ')}; remove them, or keep it`,
            ),
          ),
    ),
  )

const removeInstance = (
  deps: InstancePartDeps,
  { crn }: ServiceInstance,
): TE.TaskEither<StorageError, void> =>
  pipe(
    deps.api.ask({
      operation: 'DeleteResourceInstance',
      method: 'DELETE',
      // Keys that somebody else has made of it keep it from going.
      url: managementUrl(
        deps.connection.resourceControllerEndpoint,
        `resource_instances/${encodeURIComponent(crn)}`,
        { recursive: 'false' },
      ),
    }),
    TE.map((): void => undefined),
    TE.orElse((error) =>
      error._tag === 'StorageNotFound' ? TE.right<StorageError, void>(undefined) : TE.left(error),
    ),
    TE.flatMap(() => awaitedInstance(deps, crn, O.isNone)),
  )

/** The instance of the object storage service that buckets are in. */
export const serviceInstancePart = (deps: InstancePartDeps): PartDriver => ({
  kind: 'service-instance',
  reads:
    deps.connection.serviceInstanceCrn === ''
      ? [isThereRead(deps)]
      : [isThereRead(deps), groupRead(deps)],
  create: create(deps),
  mark: TE.left(notWritable('service instance')),
  set: () => TE.left(notWritable('service instance')),
  remove: pipe(
    deps.instance.now,
    TE.flatMap(
      O.match(
        () => TE.right<StorageError, void>(undefined),
        (instance) =>
          pipe(
            isFree(deps, instance),
            TE.flatMap(() => removeInstance(deps, instance)),
          ),
      ),
    ),
  ),
})
