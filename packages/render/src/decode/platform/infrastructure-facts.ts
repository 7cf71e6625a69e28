import * as E from 'fp-ts/Either'

import { type FactProblem, type InfrastructureFacts, type KubeObject, names } from '../../model'

import { cloudFacts } from './cloud-facts'
import type { ForeignReadings } from '../readings'

const isSingleton = ({ object }: { readonly object: KubeObject }): boolean =>
  object.metadata.name === names.SINGLETON_NAME

/** Whether an OpenStack has an object store for us, as far as that has been asked. */
export const objectStoreFacts = (
  objectStores: ForeignReadings['objectStores'],
): Pick<InfrastructureFacts, 'objectStore' | 'objectStoreProblem'> => {
  const { usable, message = '' } = objectStores.find(isSingleton)?.read.status ?? {}
  if (usable !== undefined) return { objectStore: usable ? 'present' : 'absent' }
  return { objectStore: 'unknown', ...(message === '' ? {} : { objectStoreProblem: message }) }
}

/** What the cluster says that it runs on, or why that is not known yet. */
export const infrastructureFacts = ({
  infrastructures,
  objectStores,
}: Pick<ForeignReadings, 'infrastructures' | 'objectStores'>): E.Either<
  FactProblem,
  InfrastructureFacts
> => {
  const found = infrastructures.find(isSingleton)
  if (found === undefined) return E.left({ _tag: 'InfrastructureMissing' })
  const {
    platformStatus,
    infrastructureName = '',
    infrastructureTopology,
  } = found.read.status ?? {}
  if (platformStatus === undefined) return E.left({ _tag: 'PlatformStatusMissing' })
  return E.right({
    platformType: platformStatus.type ?? '',
    infrastructureName,
    singleReplicaInfrastructure: infrastructureTopology === 'SingleReplica',
    ...objectStoreFacts(objectStores),
    ...cloudFacts(platformStatus),
  })
}
