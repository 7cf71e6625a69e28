import type { StorageSight, StorageTarget } from '../model'
import { type Proof, proofOf, proofWithin } from './proof'

/** Who made what images are in, also where only the account around it shows that; `unknown` where nothing holds images. */
export const imagesProof = (
  { parts }: Pick<StorageTarget, 'parts'>,
  sight: StorageSight | undefined,
): Proof => {
  const images = parts.find(({ holdsImages }) => holdsImages)
  if (images === undefined) return 'unknown'
  const account = parts.find(({ kind }) => kind === 'account')
  const own = proofOf(sight?.parts[images.kind], images)
  return account === undefined
    ? own
    : proofWithin(own, images.isGeneratedName, proofOf(sight?.parts.account, account))
}
