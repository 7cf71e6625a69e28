import type { AzureConnection, StorageError } from '@image-registry-operator/render/model'
import * as E from 'fp-ts/Either'
import type { IO } from 'fp-ts/IO'
import { pipe } from 'fp-ts/function'
import type { Task } from 'fp-ts/Task'
import * as TE from 'fp-ts/TaskEither'

import type { Backend, OpenBackend, PartDriver } from '../backend'
import type { StorageAccess } from '../storage-driver'
import { accountKey, type OnAccountKey } from './account-key'
import { accountOfSomebody, accountPart } from './account-part'
import { armClients, containerClients, httpOver } from './azure-clients'
import { azureProblem } from './azure-error'
import { type AzureIdentity, azureIdentity, type Principal } from './azure-identity'
import type { ArmScope, AzureScope } from './azure-scope'
import { azureTransport, type AzureTransport } from './azure-transport'
import { askingContainer } from './container-access'
import { containerPart } from './container-part'
import { entraCredential, type TokenMemory } from './entra-credential'
import { managedContainer } from './managed-container'
import { privateDnsPart } from './private-dns-part'
import { privateEndpointPart } from './private-endpoint-part'

/** What time and chance are to Azure. */
export type AzureDeps = {
  readonly wait: (ms: number) => Task<void>
  /** Milliseconds since 1970: tokens end. */
  readonly now: IO<number>
  readonly onAccountKey?: OnAccountKey
}

type Opening = Pick<AzureScope, 'target' | 'connection' | 'call' | 'wait'>

const isPart = (part: PartDriver | undefined): part is PartDriver => part !== undefined

/** With the key of an account: its container, and nothing around it. */
const partsOfContainer = (
  opening: Opening,
  transport: AzureTransport,
  key: string,
): ReadonlyArray<PartDriver> => {
  const container = containerClients(opening.connection, transport, undefined)
  const scope = { ...opening, clients: { container } }
  return [
    accountOfSomebody,
    containerPart(scope, askingContainer(scope, { _tag: 'GivenKey', key }), undefined),
  ]
}

const armScope = (
  opening: Opening,
  transport: AzureTransport,
  { principal, memory }: { readonly principal: Principal; readonly memory: TokenMemory },
): ArmScope => {
  const { connection } = opening
  const http = httpOver(transport)
  const credential = entraCredential(principal, connection, { http, memory })
  const arm = armClients(connection, principal, { http, credential })
  const container = containerClients(connection, transport, credential)
  return { ...opening, clients: { arm, container }, arm, principal }
}

/** Who shows himself with a federated token does without keys: the account may not even take them. */
const usesKeys = ({ proof }: Principal): boolean => proof._tag !== 'TokenFile'

const partsOfAccount = (
  scope: ArmScope,
  onAccountKey: OnAccountKey | undefined,
): ReadonlyArray<PartDriver> => {
  const managed = managedContainer(scope)
  const key = usesKeys(scope.principal) ? accountKey(scope, onAccountKey) : undefined
  const ask = askingContainer(
    scope,
    key === undefined ? { _tag: 'Token' } : { _tag: 'ToldKey', key },
  )
  return [
    accountPart(scope, key),
    containerPart(scope, ask, key === undefined ? { managed } : { managed, key }),
    privateEndpointPart(scope),
    privateDnsPart(scope),
  ].filter(isPart)
}

const connectionOf = ({
  target: { connection },
}: StorageAccess): E.Either<StorageError, AzureConnection> =>
  connection._tag === 'Azure'
    ? E.right(connection)
    : E.left(azureProblem('StorageRefused', 'Open', 'this is not a storage of Azure'))

/** Lets us in to storage on Azure. Tokens are kept from one opening to the next; keys of accounts are not. */
export const openAzure = ({ wait, now, onAccountKey }: AzureDeps): OpenBackend => {
  const memory: TokenMemory = { tokens: new Map(), now }
  const backend = (opening: Opening, identity: AzureIdentity): Backend => {
    const transport = azureTransport(opening.target)
    return {
      parts:
        identity._tag === 'AccountKey'
          ? partsOfContainer(opening, transport, identity.key)
          : partsOfAccount(
              armScope(opening, transport, { principal: identity, memory }),
              onAccountKey,
            ),
      close: transport.close,
    }
  }
  return (access, call) =>
    TE.fromEither(
      pipe(
        connectionOf(access),
        E.flatMap((connection) =>
          pipe(
            azureIdentity(access, connection),
            E.map((identity) =>
              backend({ target: access.target, connection, call, wait }, identity),
            ),
          ),
        ),
      ),
    )
}
