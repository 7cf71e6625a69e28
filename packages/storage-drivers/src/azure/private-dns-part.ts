import type { StorageError, StoragePart } from '@image-registry-operator/render/model'
import { pipe } from 'fp-ts/function'
import * as TE from 'fp-ts/TaskEither'

import type { PartDriver, PartFound } from '../backend'
import { networkOf, privateZone, vnetId, zoneId } from './arm-ids'
import { orAbsent, orGone } from './arm-answers'
import type { PrivateEndpoint } from './azure-client'
import { azureProblem } from './azure-error'
import { type ArmScope, notOnAzure, partOf } from './azure-scope'
import { privateAddress } from './private-address'
import { readEndpoint } from './private-endpoint-part'
import {
  ensureLink,
  ensureZone,
  hasRecords,
  readLink,
  readZone,
  removeLink,
  removeRecord,
  removeZone,
  setRecord,
} from './private-names'
import { isMadeFor, tagsOf } from './tags'
import { readinessOf, untilReady } from './until-ready'

const groupName = ({ connection }: ArmScope): string => privateZone(connection).replace(/\./g, '-')

type Group = { readonly provisioningState?: string }

/** The record on the endpoint of which zone its names are in, if it is there. */
const readGroup = (
  scope: ArmScope,
  endpoint: string,
): TE.TaskEither<StorageError, Group | undefined> =>
  orAbsent(
    scope.call({
      operation: 'GetPrivateDnsZoneGroup',
      send: async (abortSignal): Promise<Group> =>
        (await scope.arm.network()).privateDnsZoneGroups.get(
          scope.principal.resourceGroup,
          endpoint,
          groupName(scope),
          { abortSignal },
        ),
    }),
  )

const ensureGroup = (scope: ArmScope, endpoint: string): TE.TaskEither<StorageError, void> =>
  pipe(
    scope.call({
      operation: 'CreatePrivateDnsZoneGroup',
      send: async (abortSignal) => {
        const { privateDnsZoneGroups } = await scope.arm.network()
        const name = groupName(scope)
        const privateDnsZoneId = zoneId(scope.principal, privateZone(scope.connection))
        return privateDnsZoneGroups
          .createOrUpdate(
            scope.principal.resourceGroup,
            endpoint,
            name,
            { privateDnsZoneConfigs: [{ name, privateDnsZoneId }] },
            { abortSignal },
          )
          .submitted()
      },
    }),
    TE.flatMap(() =>
      untilReady(
        { operation: 'CreatePrivateDnsZoneGroup', wait: scope.wait },
        pipe(
          readGroup(scope, endpoint),
          TE.map((group) =>
            group === undefined ? 'pending' : readinessOf(group.provisioningState),
          ),
        ),
      ),
    ),
  )

const removeGroup = (scope: ArmScope, endpoint: string): TE.TaskEither<StorageError, void> =>
  pipe(
    orGone(
      scope.call({
        operation: 'DeletePrivateDnsZoneGroup',
        send: async (abortSignal) =>
          (await scope.arm.network()).privateDnsZoneGroups
            .delete(scope.principal.resourceGroup, endpoint, groupName(scope), { abortSignal })
            .submitted(),
      }),
    ),
    TE.flatMap(() =>
      untilReady(
        { operation: 'DeletePrivateDnsZoneGroup', wait: scope.wait },
        pipe(
          readGroup(scope, endpoint),
          TE.map((group) => (group === undefined ? 'ready' : 'pending')),
        ),
      ),
    ),
  )

const ABSENT: PartFound = { _tag: 'Absent' }

const present = (scope: ArmScope, tags: PrivateEndpoint['tags']): PartFound => ({
  _tag: 'Present',
  marks: tags ?? {},
  details: { zone: privateZone(scope.connection) },
})

/**
 * Names have no place for our marks that Azure would not overwrite; the endpoint that they are names of has. So they
 * are ours when it is. The group on it is made last: without it, not everything is there. Where the endpoint is gone,
 * what is left of them is our link, which has tags of its own.
 */
const look = (scope: ArmScope, endpoint: string): TE.TaskEither<StorageError, PartFound> =>
  pipe(
    readEndpoint(scope, endpoint),
    TE.flatMap((found) =>
      found === undefined
        ? pipe(
            readLink(scope),
            TE.map((link) => (link === undefined ? ABSENT : present(scope, link.tags))),
          )
        : pipe(
            readGroup(scope, endpoint),
            TE.map((group) => (group === undefined ? ABSENT : present(scope, found.tags))),
          ),
    ),
  )

const named = (
  scope: ArmScope,
  part: StoragePart,
  endpoint: PrivateEndpoint & { readonly name: string },
): TE.TaskEither<StorageError, void> => {
  const tags = tagsOf(part)
  const network = networkOf(endpoint.subnet?.id ?? '')
  return pipe(
    privateAddress(scope, endpoint),
    TE.flatMap((address) =>
      pipe(
        ensureZone(scope, tags),
        TE.flatMap(() => setRecord(scope, address)),
      ),
    ),
    TE.flatMap(() => ensureLink(scope, vnetId(scope.principal.subscriptionId, network), tags)),
    TE.flatMap(() => ensureGroup(scope, endpoint.name)),
  )
}

const created = (
  scope: ArmScope,
  part: StoragePart,
  name: string,
): TE.TaskEither<StorageError, void> =>
  pipe(
    readEndpoint(scope, name),
    TE.flatMap((endpoint) =>
      endpoint === undefined
        ? TE.left(
            azureProblem(
              'StorageConflict',
              'CreatePrivateNames',
              'there is no private endpoint yet',
            ),
          )
        : named(scope, part, { ...endpoint, name }),
    ),
  )

/** A zone that is not ours, or in which others have names, stays. */
const removeOwnZone = (scope: ArmScope, part: StoragePart): TE.TaskEither<StorageError, void> =>
  pipe(
    readZone(scope),
    TE.flatMap((zone) => {
      if (zone === undefined || !isMadeFor(zone.tags, part)) return TE.right(undefined)
      return (zone.numberOfVirtualNetworkLinks ?? 0) > 0
        ? TE.right(undefined)
        : pipe(
            hasRecords(scope),
            TE.flatMap((isUsed) => (isUsed ? TE.right(undefined) : removeZone(scope))),
          )
    }),
  )

const removed = (
  scope: ArmScope,
  part: StoragePart,
  endpoint: string,
): TE.TaskEither<StorageError, void> =>
  pipe(
    // While it is there, it would put the name back.
    removeGroup(scope, endpoint),
    TE.flatMap(() => removeRecord(scope)),
    TE.flatMap(() => removeLink(scope)),
    TE.flatMap(() => removeOwnZone(scope, part)),
  )

/** The names by which a private endpoint is found: a zone, a record and a link to the network. */
export const privateDnsPart = (scope: ArmScope): PartDriver | undefined => {
  const part = partOf(scope, 'private-dns')
  const endpoint = partOf(scope, 'private-endpoint')?.name
  return part === undefined || endpoint === undefined
    ? undefined
    : {
        kind: 'private-dns',
        reads: [{ tells: [], read: look(scope, endpoint) }],
        create: created(scope, part, endpoint),
        mark: notOnAzure('MarkPrivateNames'),
        set: ({ name }) => notOnAzure(`Set${name}`),
        remove: removed(scope, part, endpoint),
      }
}
