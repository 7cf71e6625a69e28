import type { StorageError } from '@image-registry-operator/render/model'
import { pipe } from 'fp-ts/function'
import * as TE from 'fp-ts/TaskEither'

import { inId } from './arm-ids'
import type { PrivateEndpoint } from './azure-client'
import { azureProblem } from './azure-error'
import type { ArmScope } from './azure-scope'

const unknownAddress = (message: string): StorageError =>
  azureProblem('StorageConflict', 'GetNetworkInterface', message)

/** The address that a private endpoint has: the first one of its first network interface. */
export const privateAddress = (
  { call, arm, principal }: ArmScope,
  { networkInterfaces }: PrivateEndpoint,
): TE.TaskEither<StorageError, string> => {
  const id = networkInterfaces?.[0]?.id ?? ''
  const name = inId(id, 'networkInterfaces')
  if (name === '')
    return TE.left(unknownAddress('the private endpoint has no network interface yet'))
  return pipe(
    call({
      operation: 'GetNetworkInterface',
      send: async (abortSignal) =>
        (await arm.network()).networkInterfaces.get(
          inId(id, 'resourceGroups') || principal.resourceGroup,
          name,
          { abortSignal },
        ),
    }),
    TE.flatMap(({ ipConfigurations }) => {
      const address = ipConfigurations?.[0]?.privateIPAddress ?? ''
      return address === ''
        ? TE.left(unknownAddress('the private endpoint has no address yet'))
        : TE.right(address)
    }),
  )
}
