import type { Config, DesiredState, StorageKnown } from '../model'
import { halfMade } from './half-made'
import { factsOfTarget } from './known-target'
import { leavingParts } from './leaving-parts'

/**
 * Whether something of a storage is left that has to go with its registry, or may be: what could not be seen, or cannot be
 * said, may be there. Where nobody can look, there is nobody who made anything.
 */
export const isStorageLeft = (
  config: Pick<Config, 'storageManagement' | 'storageConsents'>,
  { storage, storageProblem }: Pick<DesiredState, 'storage' | 'storageProblem'>,
  known: StorageKnown,
): boolean => {
  if (config.storageManagement !== 'Managed' || known._tag === 'Nobody') return false
  if (storage === undefined) return storageProblem !== undefined
  const facts = factsOfTarget(known, storage)
  return (
    facts === undefined ||
    facts.work !== undefined ||
    halfMade(config, storage, facts) !== undefined ||
    leavingParts(storage, facts.sight).length > 0
  )
}
