import * as E from 'fp-ts/Either'

import {
  type DesiredState,
  type EnsureStorage,
  keyOf,
  names,
  objectRef,
  type Observation,
  type RemoveStorage,
} from '../../model'
import { factsOfTarget } from '../../storage/known-target'
import { ensuredStorage, markedStorage } from './ensured-storage'
import { removedStorage } from './removed-storage'

const DEPLOYMENT = keyOf(
  objectRef('apps/v1', 'Deployment', names.REGISTRY_NAME, names.REGISTRY_NAMESPACE),
)

/** What is to be done outside of the cluster. Nothing, before it has been seen with these very credentials. */
export const storageActions = (
  { storage: target }: Pick<DesiredState, 'storage'>,
  { config, subject, facts, live }: Observation,
): ReadonlyArray<EnsureStorage | RemoveStorage> => {
  if (target === undefined || E.isLeft(config)) return []
  const known = factsOfTarget(facts.storage, target)
  // One thing at a time, and nothing that has just failed.
  if (known === undefined || known.work !== undefined || known.rests === true) return []
  switch (config.right.managementState) {
    case 'Unmanaged':
      return []
    case 'Managed':
      return ensuredStorage(config.right, target, known)
    case 'Removed':
      // While pods are told to use it, it is in use.
      return live.has(DEPLOYMENT)
        ? []
        : [
            ...markedStorage(config.right, target, known),
            ...removedStorage(config.right, subject, target, known),
          ]
  }
}
