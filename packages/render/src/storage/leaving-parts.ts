import type { StoragePart, StorageSight, StorageTarget } from '../model'
import { imagesProof } from './images-proof'
import { isOwned, type Proof, proofOf } from './proof'

/** A part of a storage that goes with its registry, or may have to. */
export type LeavingPart = {
  readonly part: StoragePart
  readonly proof: Proof
  /** It is ours, and nothing in it is somebody else's, or may be. */
  readonly mayGo: boolean
}

type Sight = StorageSight | undefined

const proofIn = (sight: Sight, part: StoragePart): Proof => proofOf(sight?.parts[part.kind], part)

const isThere = (sight: Sight, part: StoragePart): boolean =>
  sight?.parts[part.kind]?._tag !== 'Absent'

/**
 * What of a storage is left that is ours, or of which that is not known; the last part first. What images of somebody else
 * are in stays as well, although we may have made it: they would go with it.
 */
export const leavingParts = (
  target: Pick<StorageTarget, 'parts'>,
  sight: Sight,
): ReadonlyArray<LeavingPart> => {
  const { parts } = target
  const at = parts.findIndex(({ holdsImages }) => holdsImages)
  const images = parts[at]
  const inside =
    images !== undefined && isThere(sight, images) ? imagesProof(target, sight) : 'ours'
  return parts
    .flatMap((part, index): ReadonlyArray<LeavingPart> => {
      const proof = proofIn(sight, part)
      const around = index < at ? inside : 'ours'
      return !isThere(sight, part) || proof === 'nobody' || around === 'nobody'
        ? []
        : [{ part, proof, mayGo: isOwned(proof) && isOwned(around) }]
    })
    .reverse()
}
