import type { StorageError } from '@image-registry-operator/render/model'
import { pipe } from 'fp-ts/function'
import * as O from 'fp-ts/Option'
import * as TE from 'fp-ts/TaskEither'

import type { PartDriver, PartFound } from '../backend'
import { ibmProblem, notWritable } from './ibm-problem'
import { makeOnce } from './make-once'
import { managementUrl } from './management-url'
import type { Remembered } from './remembered'
import { type KeyQuery, type ResourceKey, usableKey, WRITER } from './resource-key'
import type { ServiceInstance } from './service-instance'

export type KeyPartDeps = KeyQuery & {
  readonly instance: Remembered<ServiceInstance>
  readonly key: Remembered<ResourceKey>
}

const ABSENT: PartFound = { _tag: 'Absent' }

const found = (
  key: ResourceKey,
  instance: ServiceInstance,
): TE.TaskEither<StorageError, PartFound> =>
  pipe(
    usableKey(key, instance),
    TE.map((keys): PartFound => ({
      _tag: 'Present',
      marks: key.marks,
      details: { crn: key.crn },
      keys,
    })),
  )

const read = ({ instance, key }: KeyPartDeps): TE.TaskEither<StorageError, PartFound> =>
  pipe(
    instance.last,
    TE.flatMap(
      O.match(
        () => TE.right<StorageError, PartFound>(ABSENT),
        (ofInstance) =>
          pipe(
            key.now,
            TE.flatMap(
              O.match(
                () => TE.right<StorageError, PartFound>(ABSENT),
                (one) => found(one, ofInstance),
              ),
            ),
          ),
      ),
    ),
  )

const noInstance = ibmProblem(
  'StorageConflict',
  'CreateResourceKey',
  'there is no service instance yet that it could be of',
)

const create = (deps: KeyPartDeps): TE.TaskEither<StorageError, void> => {
  const { api, part, connection, key } = deps
  return pipe(
    deps.instance.last,
    TE.flatMap(TE.fromOption(() => noInstance)),
    TE.flatMap((instance) =>
      makeOnce({
        api,
        part,
        look: key.now,
        post: {
          operation: 'CreateResourceKey',
          url: managementUrl(connection.resourceControllerEndpoint, 'resource_keys'),
        },
        body: { name: part.name, source: instance.crn, role: WRITER },
        parameters: { HMAC: true },
      }),
    ),
  )
}

const remove = ({ api, connection, key }: KeyPartDeps): TE.TaskEither<StorageError, void> =>
  pipe(
    key.now,
    TE.flatMap(
      O.match(
        () => TE.right<StorageError, void>(undefined),
        ({ crn }) =>
          pipe(
            api.ask({
              operation: 'DeleteResourceKey',
              method: 'DELETE',
              url: managementUrl(
                connection.resourceControllerEndpoint,
                `resource_keys/${encodeURIComponent(crn)}`,
              ),
            }),
            TE.map((): void => undefined),
            TE.orElse((error) =>
              error._tag === 'StorageNotFound'
                ? TE.right<StorageError, void>(undefined)
                : TE.left(error),
            ),
          ),
      ),
    ),
  )

/** The service credential that a registry signs with. */
export const resourceKeyPart = (deps: KeyPartDeps): PartDriver => ({
  kind: 'resource-key',
  reads: [{ tells: [], read: read(deps) }],
  create: create(deps),
  mark: TE.left(notWritable('resource key')),
  set: () => TE.left(notWritable('resource key')),
  remove: remove(deps),
})
