import type {
  AzureConnection,
  PartKind,
  StorageError,
  StoragePart,
  StorageTarget,
} from '@image-registry-operator/render/model'
import type { Task } from 'fp-ts/Task'
import * as TE from 'fp-ts/TaskEither'

import type { StorageCaller } from '../storage-call'
import type { AzureClients, ArmClients } from './azure-clients'
import { azureProblem } from './azure-error'
import type { Principal } from './azure-identity'

/** What every part of a storage on Azure is worked on with. */
export type AzureScope = {
  readonly target: StorageTarget
  readonly connection: AzureConnection
  readonly clients: AzureClients
  readonly call: StorageCaller
  readonly wait: (ms: number) => Task<void>
}

/** The same in the name of somebody whom Azure Resource Manager knows. */
export type ArmScope = AzureScope & { readonly arm: ArmClients; readonly principal: Principal }

/** A part as the target wants it. */
export const partOf = ({ target }: AzureScope, kind: PartKind): StoragePart | undefined =>
  target.parts.find((part) => part.kind === kind)

/** A step that this kind of part does not have. */
export const notOnAzure = (operation: string): TE.TaskEither<StorageError, never> =>
  TE.left(azureProblem('Unsupported', operation, 'this is not done on Azure'))
