import type { StorageError, StoragePart } from '@image-registry-operator/render/model'
import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'
import * as TE from 'fp-ts/TaskEither'

import type { PartFound } from '../backend'
import { carries } from '../sights'
import { metadataHeaders, removalHeaders, wantedTags } from './container-metadata'
import { containerPath } from './container-path'
import type { SwiftAccount } from './swift-account'
import { isRefusal, swiftError } from './swift-error'

/** A container that is to be made, and how it is looked at. */
export type Creation = {
  readonly account: SwiftAccount
  readonly part: StoragePart
  readonly look: TE.TaskEither<StorageError, PartFound>
}

const nameTaken = ({ name }: StoragePart): StorageError =>
  swiftError(
    'NameTaken',
    'PUT container',
    `container ${name} is there and carries no marks of ours`,
  )

const isOurs = (found: PartFound, { marks, formerMarks, isGeneratedName }: StoragePart): boolean =>
  found._tag === 'Present' &&
  [marks, ...(isGeneratedName ? [formerMarks] : [])].some((wanted) =>
    carries({ ...found, settings: {}, details: {} }, wanted),
  )

const metadata = (part: StoragePart): ReturnType<typeof wantedTags> => ({
  ...wantedTags(part),
  ...part.marks,
})

/**
 * Makes it, with its marks. True if we made it; false if somebody else did since we looked, and it now has our
 * metadata: a container is not refused because it exists.
 */
const put = ({ account, part }: Creation): TE.TaskEither<StorageError, boolean> => {
  // An attempt without an answer may have made it, and then another one finds it there.
  let mayBeThere = false
  return account.ask({
    operation: 'PUT container',
    method: 'PUT',
    path: containerPath(part.name),
    headers: metadataHeaders(metadata(part)),
    read: ({ code }) => E.right(code !== 202 || mayBeThere),
    onFailure: (cause) => {
      mayBeThere = mayBeThere || !isRefusal(cause)
    },
  })
}

/** Takes our metadata off what turned out to be somebody else's. */
const takenBack = ({ account, part }: Creation): TE.TaskEither<StorageError, never> =>
  pipe(
    account.ask({
      operation: 'POST container',
      method: 'POST',
      path: containerPath(part.name),
      headers: removalHeaders(Object.keys(metadata(part))),
      read: () => E.right(undefined),
    }),
    TE.flatMap(() => TE.left(nameTaken(part))),
  )

/**
 * Makes a container.
 *
 * Guarantees: marks are on it from the first moment. One that is there already is looked at before anything is sent to
 * it, and left alone: ours is as good as made, and any other is a `NameTaken`.
 */
export const containerCreation =
  (creation: Creation): TE.TaskEither<StorageError, void> =>
  () =>
    pipe(
      creation.look,
      TE.flatMap((found): TE.TaskEither<StorageError, void> => {
        if (found._tag === 'Present')
          return isOurs(found, creation.part)
            ? TE.right(undefined)
            : TE.left(nameTaken(creation.part))
        return pipe(
          put(creation),
          TE.flatMap((isMade) => (isMade ? TE.right(undefined) : takenBack(creation))),
        )
      }),
    )()
