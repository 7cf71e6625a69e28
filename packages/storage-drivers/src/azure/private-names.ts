import type { StorageError } from '@image-registry-operator/render/model'
import { pipe } from 'fp-ts/function'
import * as TE from 'fp-ts/TaskEither'

import { orAbsent, orGone } from './arm-answers'
import { privateZone } from './arm-ids'
import type { ArmDns, PrivateZone, RecordSet } from './azure-client'
import type { ArmScope } from './azure-scope'
import { readinessOf, untilReady } from './until-ready'

type Send<A> = (
  dns: ArmDns,
  options: { readonly abortSignal: AbortSignal },
  where: { readonly group: string; readonly zone: string; readonly account: string },
) => Promise<A>

const asked = <A>(
  { call, arm, principal, connection }: ArmScope,
  operation: string,
  send: Send<A>,
): TE.TaskEither<StorageError, A> =>
  call({
    operation,
    send: async (abortSignal) =>
      send(
        await arm.dns(),
        { abortSignal },
        {
          group: principal.resourceGroup,
          zone: privateZone(connection),
          account: connection.accountName,
        },
      ),
  })

type Tags = { [name: string]: string }

type Look<A> = TE.TaskEither<StorageError, A | undefined>

type Made = { readonly provisioningState?: string; readonly virtualNetworkLinkState?: string }

const untilThere = (
  scope: ArmScope,
  operation: string,
  look: Look<Made>,
): TE.TaskEither<StorageError, void> =>
  untilReady(
    { operation, wait: scope.wait },
    pipe(
      look,
      TE.map((made) => (made === undefined ? 'pending' : readinessOf(made.provisioningState))),
    ),
  )

const untilGone = (
  scope: ArmScope,
  operation: string,
  look: Look<Made>,
): TE.TaskEither<StorageError, void> =>
  untilReady(
    { operation, wait: scope.wait },
    pipe(
      look,
      TE.map((made) => (made === undefined ? 'ready' : 'pending')),
    ),
  )

/** The zone, if it is there. */
export const readZone = (scope: ArmScope): Look<PrivateZone> =>
  orAbsent(
    asked(scope, 'GetPrivateZone', ({ privateZones }, options, { group, zone }) =>
      privateZones.get(group, zone, options),
    ),
  )

/** Makes the zone if there is none. One that somebody else has made does as well, and stays as it is. */
export const ensureZone = (scope: ArmScope, tags: Tags): TE.TaskEither<StorageError, void> =>
  pipe(
    readZone(scope),
    TE.flatMap((found) =>
      found !== undefined
        ? TE.right(undefined)
        : pipe(
            asked(scope, 'CreatePrivateZone', ({ privateZones }, options, { group, zone }) =>
              privateZones
                .createOrUpdate(
                  group,
                  zone,
                  { location: 'global', tags },
                  { ...options, ifNoneMatch: '*' },
                )
                .submitted(),
            ),
            // Somebody else was first: what matters is that it is there.
            TE.orElse((error) =>
              error._tag === 'StorageConflict' ? TE.right(undefined) : TE.left(error),
            ),
            TE.flatMap(() => untilThere(scope, 'CreatePrivateZone', readZone(scope))),
          ),
    ),
  )

/** The link between the zone and our network, if it is there; its name is that of the account. */
export const readLink = (scope: ArmScope): Look<Made & { readonly tags?: Tags }> =>
  orAbsent(
    asked(
      scope,
      'GetVirtualNetworkLink',
      ({ virtualNetworkLinks }, options, { group, zone, account }) =>
        virtualNetworkLinks.get(group, zone, account, options),
    ),
  )

/** Has a network look into the zone. A network that does so by another link, which cannot be twice, is as good. */
export const ensureLink = (
  scope: ArmScope,
  vnet: string,
  tags: Tags,
): TE.TaskEither<StorageError, void> =>
  pipe(
    readLink(scope),
    TE.flatMap((found) =>
      found !== undefined
        ? TE.right(true)
        : pipe(
            asked(
              scope,
              'CreateVirtualNetworkLink',
              ({ virtualNetworkLinks }, options, { group, zone, account }) =>
                virtualNetworkLinks
                  .createOrUpdate(
                    group,
                    zone,
                    account,
                    {
                      location: 'global',
                      registrationEnabled: false,
                      virtualNetwork: { id: vnet },
                      tags,
                    },
                    options,
                  )
                  .submitted(),
            ),
            TE.map(() => true),
            TE.orElse((error) => (error.code === 'Conflict' ? TE.right(false) : TE.left(error))),
          ),
    ),
    TE.flatMap((isOurs) =>
      isOurs ? untilThere(scope, 'CreateVirtualNetworkLink', readLink(scope)) : TE.right(undefined),
    ),
  )

// Seconds: whoever asked before the address changed asks again soon.
const TTL_S = 10

/** Has the name of the account stand for an address. */
export const setRecord = (
  scope: ArmScope,
  address: string,
): TE.TaskEither<StorageError, RecordSet> =>
  asked(scope, 'SetPrivateRecord', ({ recordSets }, options, { group, zone, account }) =>
    recordSets.createOrUpdate(
      group,
      zone,
      'A',
      account,
      { ttl: TTL_S, aRecords: [{ ipv4Address: address }] },
      options,
    ),
  )

/** Removes the name of the account. */
export const removeRecord = (scope: ArmScope): TE.TaskEither<StorageError, void> =>
  orGone(
    asked(scope, 'DeletePrivateRecord', ({ recordSets }, options, { group, zone, account }) =>
      recordSets.delete(group, zone, 'A', account, options),
    ),
  )

/** Removes our link, and waits until it is gone: a zone with links cannot go. */
export const removeLink = (scope: ArmScope): TE.TaskEither<StorageError, void> =>
  pipe(
    orGone(
      asked(
        scope,
        'DeleteVirtualNetworkLink',
        ({ virtualNetworkLinks }, options, { group, zone, account }) =>
          virtualNetworkLinks.delete(group, zone, account, options).submitted(),
      ),
    ),
    TE.flatMap(() => untilGone(scope, 'DeleteVirtualNetworkLink', readLink(scope))),
  )

/** Removes the zone. */
export const removeZone = (scope: ArmScope): TE.TaskEither<StorageError, void> =>
  pipe(
    orGone(
      asked(scope, 'DeletePrivateZone', ({ privateZones }, options, { group, zone }) =>
        privateZones.delete(group, zone, options).submitted(),
      ),
    ),
    TE.flatMap(() => untilGone(scope, 'DeletePrivateZone', readZone(scope))),
  )

/** Whether anybody has a name in the zone; every zone has a record about itself. One page is enough to know. */
export const hasRecords = (scope: ArmScope): TE.TaskEither<StorageError, boolean> =>
  pipe(
    asked(scope, 'ListPrivateRecords', async ({ recordSets }, options, { group, zone }) => {
      const page = await recordSets.list(group, zone, options).byPage().next()
      return page.done === true ? [] : page.value
    }),
    TE.map((records) => records.some(({ type = '' }) => !/\/SOA$/i.test(type))),
  )
