import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'

import {
  type ClusterFacts,
  isDistributionSince,
  registryBuild,
  type RenderProblem,
  type SwiftStorage,
} from '../../model'
import { scalarVariable, secretVariable, type Variables } from '../deployment/variable'
import type { Contribution } from './contribution'
import { notInRegistry } from './not-in-registry'
import { provisioned } from './provisioned'
import { swiftAccess } from './swift-access'
import { swiftKey } from './swift-keys'
import { swiftPlace } from './swift-place'

/** A container of OpenStack Swift. Newer registries of the distribution project have no driver for it. */
export const swift = (
  storage: SwiftStorage,
  facts: ClusterFacts,
): E.Either<RenderProblem, Contribution> => {
  if (isDistributionSince(registryBuild(facts), [3, 0])) return notInRegistry(facts, 'swift')
  const access = swiftAccess(facts)
  // Without credentials nobody knows whether they would say where to go.
  const place = E.isRight(access) ? swiftPlace(storage, access.right.cloud) : storage
  return pipe(
    provisioned('swift', {
      container: place.container,
      ...(E.isRight(access) ? { authURL: place.authUrl } : {}),
    }),
    E.flatMap(() => access),
    E.map(({ secretEntries }) => ({
      variables: variables(
        place,
        secretEntries.map(({ key }) => key),
      ),
      volumes: [],
      secretEntries,
      mountedSecrets: [],
    })),
  )
}

const variables = (place: SwiftStorage, secretNames: ReadonlyArray<string>): Variables => [
  scalarVariable('REGISTRY_STORAGE', 'swift'),
  scalarVariable(swiftKey('CONTAINER'), place.container),
  scalarVariable(swiftKey('AUTHURL'), place.authUrl),
  ...secretNames.map(secretVariable),
  scalarVariable(swiftKey('AUTHVERSION'), place.authVersion),
  ...whenSet(swiftKey('DOMAIN'), place.domain),
  ...whenSet(swiftKey('DOMAINID'), place.domainId),
  ...whenSet(swiftKey('TENANT'), place.tenant),
  ...whenSet(swiftKey('TENANTID'), place.tenantId),
  ...whenSet(swiftKey('REGION'), place.regionName),
]

const whenSet = (name: string, value: string): Variables =>
  value === '' ? [] : [scalarVariable(name, value)]
