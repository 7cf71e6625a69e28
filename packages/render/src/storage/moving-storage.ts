import { type ClusterFacts, type Config, type Problem } from '../model'
import { imageSight } from './image-part'
import { keptPlace } from './left-behind'
import { mayMake } from './may-make'

type Move = Pick<
  Config,
  'managementState' | 'storage' | 'storageManagement' | 'recordedStorage' | 'storageConsents'
>

type Known = Pick<ClusterFacts, 'claims' | 'storage'>

const NOWHERE = 'emptyDir'

const warning = (message: string, remedy: string): Problem => ({
  path: 'spec.storage',
  message,
  remedy,
})

const ofFormer = (former: string | undefined): Problem =>
  former === undefined
    ? warning(
        `the images in ${NOWHERE} are not copied, and are lost: they go with the pods that they are in`,
        'copy them first; nothing brings them back',
      )
    : warning(
        `the images in ${former} stay behind: they are not copied, and ${former} is not deleted, now or with the registry`,
        'copy what is needed first; they are there again when it is chosen again',
      )

/** Whether the storage is there already; undefined where nobody knows. */
const isThere = ({ storage }: Move, { claims, storage: known }: Known): boolean | undefined => {
  if (storage._tag === 'Pvc') return claims.some(({ name }) => name === storage.claim)
  const sight = imageSight(known, storage)
  return sight === undefined || sight._tag === 'Unseen' ? undefined : sight._tag === 'Present'
}

/** A claim that somebody names is theirs to make. */
const isMade = (config: Move): boolean =>
  config.storage._tag === 'Pvc' ? config.storage.origin === 'default' : mayMake(config)

const ofNew = (config: Move, known: Known): Problem => {
  const place = keptPlace(config.storage)
  if (place === undefined)
    return warning(
      `the registry begins empty: images in ${NOWHERE} last no longer than the pod that they are in`,
      'choose a storage that lasts for images that are to be kept',
    )
  switch (isThere(config, known)) {
    case true:
      return warning(`the registry begins with the images that are in ${place}`, '')
    case false:
      return isMade(config)
        ? warning(`the registry begins empty: ${place} is not there yet, and will be made`, '')
        : warning(`${place} is not there, and will not be made`, 'make it first, or name another')
    case undefined:
      return warning(`the registry begins with what is in ${place}, which nobody has looked at`, '')
  }
}

/** Where the images are, as the status says: in the storage that the Config names. */
const stays = (storage: Config['storage'], recorded: Config['storage']): boolean =>
  storage._tag === recorded._tag && keptPlace(storage) === keptPlace(recorded)

/** What happens to the images when the Config names another storage than before; empty where they stay where they are. */
export const movingStorage = (config: Move, known: Known): ReadonlyArray<Problem> => {
  const { managementState, storage, recordedStorage } = config
  return managementState !== 'Managed' ||
    recordedStorage === undefined ||
    stays(storage, recordedStorage)
    ? []
    : [ofFormer(keptPlace(recordedStorage)), ofNew(config, known)]
}
