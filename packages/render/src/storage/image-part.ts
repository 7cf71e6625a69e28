import type { PartKind, PartSight, Storage, StorageFacts, StorageKnown } from '../model'
import { storagePlace } from '../model'

/** The part of a storage that images are in. */
export const imagePart = ({ _tag }: Storage): PartKind | undefined => {
  switch (_tag) {
    case 'EmptyDir':
    case 'Pvc':
      return undefined
    case 'S3':
    case 'Gcs':
    case 'IbmCos':
      return 'bucket'
    case 'Azure':
    case 'Swift':
      return 'container'
  }
}

/** What was seen of a storage; undefined while nothing was, or only of another one. */
export const factsOfPlace = (known: StorageKnown, storage: Storage): StorageFacts | undefined =>
  known._tag === 'Looked' && known.place === storagePlace(storage) ? known : undefined

/** What was seen of the part with the images. */
export const imageSight = (known: StorageKnown, storage: Storage): PartSight | undefined => {
  const kind = imagePart(storage)
  return kind === undefined ? undefined : factsOfPlace(known, storage)?.sight?.parts[kind]
}
