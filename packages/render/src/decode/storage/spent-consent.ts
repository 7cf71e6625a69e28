import { type Decisions, storagePlace } from '../../model'
import { imageSight } from '../../storage/image-part'
import type { Making } from '../../storage/may-make'

import type { Asked } from '../asked'

/**
 * The consent to make a storage anew that does not count any more: the storage is there, so what was missing when it was
 * given has been made, or never was. It is remembered until somebody takes the annotation away.
 */
export const spentConsent = (
  { facts }: Asked,
  { storage, storageConsents: { recreate, spent } }: Making,
  { makesStorage }: Pick<Decisions, 'makesStorage'>,
): Pick<Decisions, 'spentConsent'> => {
  if (spent !== undefined) return { spentConsent: spent }
  const place = storagePlace(storage)
  return place !== undefined &&
    recreate === place &&
    makesStorage !== place &&
    imageSight(facts.storage, storage)?._tag === 'Present'
    ? { spentConsent: place }
    : {}
}
