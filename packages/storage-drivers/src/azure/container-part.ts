import type { StorageError, StoragePart } from '@image-registry-operator/render/model'
import { pipe } from 'fp-ts/function'
import * as TE from 'fp-ts/TaskEither'

import type { PartDriver, PartFound } from '../backend'
import type { AccountKey } from './account-key'
import { orAbsent, orGone } from './arm-answers'
import { azureProblem } from './azure-error'
import { type AzureScope, notOnAzure, partOf } from './azure-scope'
import type { AskContainer } from './container-access'
import { containerContents } from './container-contents'
import { isShutOut, type ManagedContainer } from './managed-container'
import { isMadeFor } from './tags'

const ABSENT: PartFound = { _tag: 'Absent' }

/** What Azure Resource Manager can add to what a container shows. */
export type AccountWord = {
  readonly managed: ManagedContainer
  /** The key that the registry needs as well; absent where nobody uses one. */
  readonly key?: AccountKey
}

const LOOK = 'GetContainerProperties'
const CREATE = 'CreateContainer'
const DELETE = 'DeleteContainer'

type Metadata = { readonly [name: string]: string }

/** Does it in another way where the container is out of reach. What went wrong first is what is told. */
const orManaged =
  <A>(
    operation: string,
    other: (managed: ManagedContainer) => TE.TaskEither<StorageError, A>,
    account: AccountWord | undefined,
  ) =>
  (first: TE.TaskEither<StorageError, A>): TE.TaskEither<StorageError, A> =>
    pipe(
      first,
      TE.orElse((error) =>
        account === undefined || error.operation !== operation || !isShutOut(error)
          ? TE.left(error)
          : pipe(
              other(account.managed),
              TE.mapLeft((second) => (second._tag === 'NameTaken' ? second : error)),
            ),
      ),
    )

const metadataOf = (
  ask: AskContainer,
  account: AccountWord | undefined,
): TE.TaskEither<StorageError, Metadata | undefined> =>
  pipe(
    ask(LOOK, (container, options) => container.getProperties(options)),
    TE.map(({ metadata }) => metadata ?? {}),
    orAbsent,
    orManaged(LOOK, ({ read }) => read, account),
  )

const withKey = (
  found: PartFound,
  key: AccountKey | undefined,
): TE.TaskEither<StorageError, PartFound> =>
  found._tag === 'Absent' || key === undefined
    ? TE.right(found)
    : pipe(
        key.read,
        TE.map((accountKey) => ({ ...found, keys: { accountKey } })),
      )

/** What a container shows of itself. Marks are metadata. */
const look = (
  ask: AskContainer,
  account: AccountWord | undefined,
): TE.TaskEither<StorageError, PartFound> =>
  pipe(
    metadataOf(ask, account),
    TE.flatMap((marks) =>
      withKey(marks === undefined ? ABSENT : { _tag: 'Present', marks }, account?.key),
    ),
  )

const emptiness = (ask: AskContainer): TE.TaskEither<StorageError, PartFound> =>
  pipe(
    ask('ListBlobs', (container, options) =>
      container.listBlobsFlat(options).byPage({ maxPageSize: 1 }).next(),
    ),
    TE.map((page): PartFound => ({
      _tag: 'Present',
      isEmpty: page.done === true || page.value.segment.blobItems.length === 0,
    })),
  )

const nameTaken = (name: string): StorageError =>
  azureProblem(
    'NameTaken',
    CREATE,
    `the container ${name} is there, and was not made for this registry`,
  )

const adopted = (
  metadata: Metadata | undefined,
  part: StoragePart,
): TE.TaskEither<StorageError, void> =>
  isMadeFor(metadata, part) ? TE.right(undefined) : TE.left(nameTaken(part.name))

const createdByManager = (
  { read, put }: ManagedContainer,
  part: StoragePart,
): TE.TaskEither<StorageError, void> =>
  pipe(
    read,
    TE.flatMap((metadata) => (metadata === undefined ? put(part.marks) : adopted(metadata, part))),
  )

const created = (
  ask: AskContainer,
  part: StoragePart,
  account: AccountWord | undefined,
): TE.TaskEither<StorageError, void> =>
  pipe(
    ask(CREATE, (container, options) =>
      container.create({ ...options, metadata: { ...part.marks } }),
    ),
    TE.map((): void => undefined),
    TE.orElse((error) =>
      error.code === 'ContainerAlreadyExists'
        ? pipe(
            metadataOf(ask, account),
            TE.flatMap((metadata) => adopted(metadata, part)),
          )
        : TE.left(error),
    ),
    orManaged(CREATE, (managed) => createdByManager(managed, part), account),
  )

const removed = (
  ask: AskContainer,
  account: AccountWord | undefined,
): TE.TaskEither<StorageError, void> =>
  pipe(
    orGone(ask(DELETE, (container, options) => container.delete(options))),
    orManaged(DELETE, ({ remove }) => remove, account),
  )

/** A container of an account. It is removed with what is in it, in one request. */
export const containerPart = (
  scope: AzureScope,
  ask: AskContainer,
  account: AccountWord | undefined,
): PartDriver => {
  const part = partOf(scope, 'container')
  return {
    kind: 'container',
    reads: [
      { tells: [], read: look(ask, account) },
      { tells: [], read: emptiness(ask) },
    ],
    create: part === undefined ? notOnAzure(CREATE) : created(ask, part, account),
    mark: notOnAzure('MarkContainer'),
    set: ({ name }) => notOnAzure(`Set${name}`),
    contents: containerContents(ask),
    remove: removed(ask, account),
  }
}
