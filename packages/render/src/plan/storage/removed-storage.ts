import {
  type Config,
  type KubeObject,
  type RemoveStorage,
  type StorageFacts,
  type StorageTarget,
} from '../../model'
import { isGuarded } from '../../storage/deletion-guard'
import { leavingParts } from '../../storage/leaving-parts'
import { storageRef } from './storage-ref'

/** What of a storage goes with its registry: what we have made, the last part first, unless somebody guards it. */
export const removedStorage = (
  config: Config,
  subject: KubeObject | undefined,
  target: StorageTarget,
  facts: StorageFacts,
): ReadonlyArray<RemoveStorage> => {
  const { sight } = facts
  const parts = leavingParts(target, sight)
    .filter(({ mayGo }) => mayGo)
    .map(({ part: { kind, marks, formerMarks }, proof }) => ({
      part: kind,
      marks: proof === 'ours' ? marks : formerMarks,
    }))
  if (
    config.storageManagement !== 'Managed' ||
    parts.length === 0 ||
    isGuarded(config, target, facts)
  )
    return []
  return [
    {
      _tag: 'RemoveStorage',
      ref: storageRef(target),
      target,
      parts,
      ...(sight?.contents === undefined ? {} : { contents: sight.contents }),
      because:
        subject?.metadata.deletionTimestamp === undefined
          ? 'spec.managementState is Removed'
          : 'the Config is being deleted',
    },
  ]
}
