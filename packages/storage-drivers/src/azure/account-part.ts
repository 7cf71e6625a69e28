import type {
  StorageError,
  StoragePart,
  StorageSetting,
} from '@image-registry-operator/render/model'
import { pipe } from 'fp-ts/function'
import * as TE from 'fp-ts/TaskEither'

import type { PartDriver, PartFound } from '../backend'
import { accountChange, newAccount } from './account-parameters'
import { accountInGroup } from './account-in-group'
import { accountFound } from './account-sight'
import type { AccountKey } from './account-key'
import { orAbsent, orGone } from './arm-answers'
import type { ArmStorage, StorageAccount } from './azure-client'
import { azureProblem } from './azure-error'
import { containersOfOthers, stillUsed } from './containers-of-others'
import { type ArmScope, notOnAzure, partOf } from './azure-scope'
import { isMadeFor } from './tags'
import { readinessOf, untilReady } from './until-ready'

type Accounts = ArmStorage['storageAccounts']

type Send<A> = (accounts: Accounts, options: { readonly abortSignal: AbortSignal }) => Promise<A>

const asked = <A>(
  { call, arm }: ArmScope,
  operation: string,
  send: Send<A>,
): TE.TaskEither<StorageError, A> =>
  call({
    operation,
    send: async (abortSignal) => send((await arm.storage()).storageAccounts, { abortSignal }),
  })

/** The account of the connection, if it is in the resource group. */
export const readAccount = (
  scope: ArmScope,
): TE.TaskEither<StorageError, StorageAccount | undefined> =>
  orAbsent(
    asked(scope, 'GetStorageAccount', (accounts, options) =>
      accounts.getProperties(scope.principal.resourceGroup, scope.connection.accountName, options),
    ),
  )

const untilThere = (scope: ArmScope): TE.TaskEither<StorageError, void> =>
  untilReady(
    { operation: 'CreateStorageAccount', wait: scope.wait },
    pipe(
      readAccount(scope),
      // Azure may know of it a little later than it has said yes.
      TE.map((account) =>
        account === undefined ? 'pending' : readinessOf(account.provisioningState),
      ),
    ),
  )

const nameTaken = (name: string): StorageError =>
  azureProblem(
    'NameTaken',
    'CheckNameAvailability',
    `the storage account ${name} is somebody else's`,
  )

/** An account that is said not to be there may be ours all the same: it is not given up before the list says so, too. */
const accountByName = (scope: ArmScope): TE.TaskEither<StorageError, StorageAccount | undefined> =>
  pipe(
    readAccount(scope),
    TE.flatMap((account) => (account === undefined ? accountInGroup(scope) : TE.right(account))),
  )

/** It is ours, and perhaps not yet ready; or somebody else's. */
const adopted = (scope: ArmScope, part: StoragePart): TE.TaskEither<StorageError, void> =>
  pipe(
    accountByName(scope),
    TE.flatMap((account) =>
      account !== undefined && isMadeFor(account.tags, part)
        ? untilThere(scope)
        : TE.left(nameTaken(scope.connection.accountName)),
    ),
  )

const made = (scope: ArmScope, part: StoragePart): TE.TaskEither<StorageError, void> => {
  const { connection, principal } = scope
  const account = newAccount(part, { location: principal.region, isStack: connection.isStack })
  return pipe(
    asked(scope, 'CreateStorageAccount', (accounts, options) =>
      // It is looked at, until it is there, by us: the poller gives up for good at the first failure.
      accounts
        .create(principal.resourceGroup, connection.accountName, account, options)
        .submitted(),
    ),
    TE.flatMap(() => untilThere(scope)),
    // Somebody else may have come first, or our own first attempt, whose answer got lost.
    TE.orElse((error) => (error._tag === 'NameTaken' ? adopted(scope, part) : TE.left(error))),
  )
}

/** Azure would change an account of that name in our resource group, whosever it is: so it is looked first. */
const created = (scope: ArmScope, part: StoragePart): TE.TaskEither<StorageError, void> =>
  pipe(
    availability(scope),
    TE.flatMap(({ nameAvailable, reason, message }) => {
      if (nameAvailable === true) return made(scope, part)
      return reason === 'AccountNameInvalid'
        ? TE.left(azureProblem('StorageRefused', 'CheckNameAvailability', message ?? reason))
        : adopted(scope, part)
    }),
  )

type Availability = {
  readonly nameAvailable?: boolean
  readonly reason?: string
  readonly message?: string
}

/** Who may not ask this is told by the attempt itself; what counts is that there is none in our resource group. */
const availability = (scope: ArmScope): TE.TaskEither<StorageError, Availability> =>
  pipe(
    asked(scope, 'CheckNameAvailability', (accounts, options) =>
      accounts.checkNameAvailability(
        { name: scope.connection.accountName, type: 'Microsoft.Storage/storageAccounts' },
        options,
      ),
    ),
    TE.map((answer): Availability => answer),
    TE.orElse((error) =>
      error._tag === 'AccessDenied'
        ? pipe(
            readAccount(scope),
            TE.map((account): Availability => ({ nameAvailable: account === undefined })),
          )
        : TE.left(error),
    ),
  )

const changed = (scope: ArmScope, setting: StorageSetting): TE.TaskEither<StorageError, void> =>
  pipe(
    readAccount(scope),
    TE.flatMap((account): TE.TaskEither<StorageError, unknown> => {
      if (account === undefined)
        return TE.left(
          azureProblem('StorageNotFound', 'UpdateStorageAccount', 'there is no account'),
        )
      const change = accountChange(setting, account)
      if (change === undefined) return notOnAzure(`Set${setting.name}`)
      return asked(scope, 'UpdateStorageAccount', (accounts, options) =>
        accounts.update(
          scope.principal.resourceGroup,
          scope.connection.accountName,
          change,
          options,
        ),
      )
    }),
    TE.map(() => undefined),
  )

const ABSENT: PartFound = { _tag: 'Absent' }

/** A storage account, in the hands of Azure Resource Manager. */
export const accountPart = (scope: ArmScope, key: AccountKey | undefined): PartDriver => {
  const { isStack } = scope.connection
  const part = partOf(scope, 'account')
  const look = pipe(
    readAccount(scope),
    TE.map((account) => (account === undefined ? ABSENT : accountFound(account, isStack))),
  )
  const keys = (of: AccountKey): TE.TaskEither<StorageError, PartFound> =>
    pipe(
      of.read,
      TE.map((accountKey): PartFound => ({ _tag: 'Present', keys: { accountKey } })),
    )
  return {
    kind: 'account',
    reads: [
      {
        tells: [
          'Tagged',
          'TransportSecured',
          'PublicAccessBlocked',
          'SharedKeyAccess',
          'NetworkAccess',
        ],
        read: look,
      },
      ...(key === undefined ? [] : [{ tells: [], read: keys(key) }]),
    ],
    create: part === undefined ? notOnAzure('CreateStorageAccount') : created(scope, part),
    mark: notOnAzure('MarkStorageAccount'),
    set: (setting) => changed(scope, setting),
    remove: pipe(
      containersOfOthers(scope),
      TE.flatMap((names) => (names.length === 0 ? removed(scope) : TE.left(stillUsed(names)))),
    ),
  }
}

const removed = (scope: ArmScope): TE.TaskEither<StorageError, void> =>
  orGone(
    asked(scope, 'DeleteStorageAccount', (accounts, options) =>
      accounts.delete(scope.principal.resourceGroup, scope.connection.accountName, options),
    ),
  )

/** The account of somebody who only has a key of it: it is there, it is his, and nobody can look closer. */
export const accountOfSomebody: PartDriver = {
  kind: 'account',
  reads: [{ tells: [], read: TE.right({ _tag: 'Present' }) }],
  create: notOnAzure('CreateStorageAccount'),
  mark: notOnAzure('MarkStorageAccount'),
  set: ({ name }) => notOnAzure(`Set${name}`),
  remove: notOnAzure('DeleteStorageAccount'),
}
