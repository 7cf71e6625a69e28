import type {
  AzureNetwork,
  StorageError,
  StoragePart,
  StorageSetting,
} from '@image-registry-operator/render/model'
import { pipe } from 'fp-ts/function'
import * as TE from 'fp-ts/TaskEither'

import type { PartDriver, PartFound } from '../backend'
import { accountId, networkOf, subnetId } from './arm-ids'
import { orAbsent, orGone } from './arm-answers'
import type { ArmNetwork, PrivateEndpoint } from './azure-client'
import { azureProblem } from './azure-error'
import { type ArmScope, notOnAzure, partOf } from './azure-scope'
import { discoveredNetwork } from './network-discovery'
import { isMadeFor, tagsOf, textsOf } from './tags'
import { readinessOf, untilReady } from './until-ready'

type Endpoints = ArmNetwork['privateEndpoints']

type Send<A> = (endpoints: Endpoints, options: { readonly abortSignal: AbortSignal }) => Promise<A>

const asked = <A>(
  { call, arm }: ArmScope,
  operation: string,
  send: Send<A>,
): TE.TaskEither<StorageError, A> =>
  call({
    operation,
    send: async (abortSignal) => send((await arm.network()).privateEndpoints, { abortSignal }),
  })

/** The private endpoint of a name, if it is there. */
export const readEndpoint = (
  scope: ArmScope,
  name: string,
): TE.TaskEither<StorageError, PrivateEndpoint | undefined> =>
  orAbsent(
    asked(scope, 'GetPrivateEndpoint', (endpoints, options) =>
      endpoints.get(scope.principal.resourceGroup, name, options),
    ),
  )

const found = (endpoint: PrivateEndpoint): PartFound => ({
  _tag: 'Present',
  marks: endpoint.tags ?? {},
  settings: { Tagged: { _tag: 'Found', value: endpoint.tags ?? {} } },
  details: {
    ...networkOf(endpoint.subnet?.id ?? ''),
    provisioningState: endpoint.provisioningState ?? '',
  },
})

const untilThere = (scope: ArmScope, name: string): TE.TaskEither<StorageError, void> =>
  untilReady(
    { operation: 'CreatePrivateEndpoint', wait: scope.wait },
    pipe(
      readEndpoint(scope, name),
      TE.map((endpoint) =>
        endpoint === undefined ? 'pending' : readinessOf(endpoint.provisioningState),
      ),
    ),
  )

/** An endpoint in a subnet, for the blobs of the account. */
const newEndpoint = (
  { connection, principal }: ArmScope,
  part: StoragePart,
  network: AzureNetwork,
): PrivateEndpoint => ({
  location: principal.region,
  tags: tagsOf(part),
  customNetworkInterfaceName: `${part.name}-nic`,
  subnet: { id: subnetId(principal.subscriptionId, network) },
  privateLinkServiceConnections: [
    {
      name: part.name,
      privateLinkServiceId: accountId(principal, connection.accountName),
      groupIds: ['blob'],
    },
  ],
})

const put = (
  scope: ArmScope,
  name: string,
  endpoint: PrivateEndpoint,
): TE.TaskEither<StorageError, void> =>
  pipe(
    asked(scope, 'CreatePrivateEndpoint', (endpoints, options) =>
      endpoints.createOrUpdate(scope.principal.resourceGroup, name, endpoint, options).submitted(),
    ),
    TE.flatMap(() => untilThere(scope, name)),
  )

const nameTaken = (name: string): StorageError =>
  azureProblem(
    'NameTaken',
    'CreatePrivateEndpoint',
    `the private endpoint ${name} is there, and was not made for this registry`,
  )

/** Azure would change an endpoint of that name, whosever it is: so it is looked first. */
const created = (scope: ArmScope, part: StoragePart): TE.TaskEither<StorageError, void> => {
  const { network } = scope.connection
  if (network === undefined) return notOnAzure('CreatePrivateEndpoint')
  return pipe(
    readEndpoint(scope, part.name),
    TE.flatMap((endpoint): TE.TaskEither<StorageError, void> => {
      if (endpoint === undefined)
        return pipe(
          discoveredNetwork(scope, network),
          TE.flatMap((where) => put(scope, part.name, newEndpoint(scope, part, where))),
        )
      return isMadeFor(endpoint.tags, part)
        ? untilThere(scope, part.name)
        : TE.left(nameTaken(part.name))
    }),
  )
}

const changed = (
  scope: ArmScope,
  part: StoragePart,
  { name, wanted }: StorageSetting,
): TE.TaskEither<StorageError, void> =>
  name !== 'Tagged'
    ? notOnAzure(`Set${name}`)
    : pipe(
        readEndpoint(scope, part.name),
        TE.flatMap((endpoint) =>
          endpoint === undefined
            ? TE.left(azureProblem('StorageNotFound', 'TagPrivateEndpoint', 'there is no endpoint'))
            : put(scope, part.name, {
                ...endpoint,
                tags: { ...endpoint.tags, ...textsOf(wanted) },
              }),
        ),
      )

const removed = (scope: ArmScope, name: string): TE.TaskEither<StorageError, void> =>
  pipe(
    orGone(
      asked(scope, 'DeletePrivateEndpoint', (endpoints, options) =>
        endpoints.delete(scope.principal.resourceGroup, name, options).submitted(),
      ),
    ),
    TE.flatMap(() =>
      untilReady(
        { operation: 'DeletePrivateEndpoint', wait: scope.wait },
        pipe(
          readEndpoint(scope, name),
          TE.map((endpoint) => (endpoint === undefined ? 'ready' : 'pending')),
        ),
      ),
    ),
  )

/** The address of an account within a network. */
export const privateEndpointPart = (scope: ArmScope): PartDriver | undefined => {
  const part = partOf(scope, 'private-endpoint')
  return part === undefined
    ? undefined
    : {
        kind: 'private-endpoint',
        reads: [
          {
            tells: ['Tagged'],
            read: pipe(
              readEndpoint(scope, part.name),
              TE.map((endpoint) => (endpoint === undefined ? { _tag: 'Absent' } : found(endpoint))),
            ),
          },
        ],
        create: created(scope, part),
        mark: notOnAzure('MarkPrivateEndpoint'),
        set: (setting) => changed(scope, part, setting),
        remove: removed(scope, part.name),
      }
}
