import type { StorageError } from '@image-registry-operator/render/model'
import { pipe } from 'fp-ts/function'
import * as TE from 'fp-ts/TaskEither'

import { readAccount } from './account-part'
import { orGone } from './arm-answers'
import type { ArmStorage } from './azure-client'
import type { ArmScope } from './azure-scope'

type Metadata = { readonly [name: string]: string }

/** A container as Azure Resource Manager sees it: from anywhere, also where the account lets nobody in. */
export type ManagedContainer = {
  /** Its metadata; undefined when it, or its account, is not there. */
  readonly read: TE.TaskEither<StorageError, Metadata | undefined>
  /** Has it be there with that metadata, whatever it had before: look first. */
  readonly put: (metadata: Metadata) => TE.TaskEither<StorageError, void>
  readonly remove: TE.TaskEither<StorageError, void>
}

type Send<A> = (
  containers: ArmStorage['blobContainers'],
  options: { readonly abortSignal: AbortSignal },
) => Promise<A>

const asked = <A>(
  { call, arm }: ArmScope,
  operation: string,
  send: Send<A>,
): TE.TaskEither<StorageError, A> =>
  call({
    operation,
    send: async (abortSignal) => send((await arm.storage()).blobContainers, { abortSignal }),
  })

// Other codes of a 404 say that the question was wrong.
const isGone = ({ code }: StorageError): boolean =>
  code === 'ContainerNotFound' || code === 'ResourceNotFound'

/** The container of the connection. */
export const managedContainer = (scope: ArmScope): ManagedContainer => {
  const { accountName, container } = scope.connection
  const { resourceGroup } = scope.principal
  const found: TE.TaskEither<StorageError, Metadata | undefined> = pipe(
    asked(scope, 'GetManagedContainer', (containers, options) =>
      containers.get(resourceGroup, accountName, container, options),
    ),
    TE.map(({ metadata }) => metadata ?? {}),
    TE.orElse((error) =>
      isGone(error) ? TE.right<StorageError, Metadata | undefined>(undefined) : TE.left(error),
    ),
  )
  return {
    read: pipe(
      readAccount(scope),
      TE.flatMap((account) => (account === undefined ? TE.right(undefined) : found)),
    ),
    put: (metadata) =>
      pipe(
        asked(scope, 'CreateManagedContainer', (containers, options) =>
          containers.create(
            resourceGroup,
            accountName,
            container,
            { metadata: { ...metadata } },
            options,
          ),
        ),
        TE.map(() => undefined),
      ),
    remove: orGone(
      asked(scope, 'DeleteManagedContainer', (containers, options) =>
        containers.delete(resourceGroup, accountName, container, options),
      ),
    ),
  }
}

/**
 * Whether the account itself may not be reached from here: it is gone, so that its name leads nowhere, or it lets in
 * nobody from outside of a network.
 */
export const isShutOut = ({ _tag, code }: StorageError): boolean =>
  _tag === 'StorageUnreachable' || (_tag === 'AccessDenied' && code === 'AuthorizationFailure')
