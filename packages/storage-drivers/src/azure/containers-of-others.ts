import type { StorageError } from '@image-registry-operator/render/model'
import { pipe } from 'fp-ts/function'
import * as TE from 'fp-ts/TaskEither'

import { orAbsent } from './arm-answers'
import { azureProblem } from './azure-error'
import type { ArmScope } from './azure-scope'

/** Why an account stays. */
export const stillUsed = (names: ReadonlyArray<string>): StorageError =>
  azureProblem(
    'StorageConflict',
    'DeleteStorageAccount',
    `the account holds containers that are not the registry's: ${names.join(', ')}`,
  )

/** One page of them is enough to know. What somebody else keeps in our account is not ours to remove. */
export const containersOfOthers = ({
  call,
  arm,
  principal,
  connection: { accountName, container },
}: ArmScope): TE.TaskEither<StorageError, ReadonlyArray<string>> =>
  pipe(
    orAbsent(
      call({
        operation: 'ListContainers',
        send: async (abortSignal) => {
          const { blobContainers } = await arm.storage()
          const page = await blobContainers
            .list(principal.resourceGroup, accountName, { abortSignal })
            .byPage()
            .next()
          return page.done === true ? [] : page.value.map(({ name }) => name ?? '')
        },
      }),
    ),
    TE.map((names) => (names ?? []).filter((name) => name !== container)),
  )
