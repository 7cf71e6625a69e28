import type { Config, PartSight, StorageFacts, StoragePart, StorageTarget } from '../model'

type Begun = Pick<Config, 'storageConsents'>

/** Whether it has been written down that we are about to make this storage, or we were when something stopped us. */
export const isBegun = (
  { storageConsents: { making } }: Begun,
  { place }: Pick<StorageTarget, 'place'>,
): boolean => making === place

const isUnmarked = (sight: PartSight | undefined): boolean =>
  sight?._tag === 'Present' &&
  sight.isEmpty === true &&
  sight.marks !== undefined &&
  Object.keys(sight.marks).length === 0

/**
 * The part that we were about to make, and made, before something kept us from marking it: nothing is in it, and nobody has
 * said that it is his. Undefined where there is none. The place names what images are in; an account around it that has no
 * tags may be anybody's.
 */
export const halfMade = (
  config: Begun,
  target: StorageTarget,
  { sight }: Pick<StorageFacts, 'sight'>,
): StoragePart | undefined =>
  isBegun(config, target)
    ? target.parts.find(({ holdsImages, kind }) => holdsImages && isUnmarked(sight?.parts[kind]))
    : undefined
