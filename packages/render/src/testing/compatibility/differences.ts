import type { AcceptedDifference } from './accepted-difference'
import { furtherDifferences } from './further-differences'
import { generalDifferences } from './general-differences'
import { refusalDifferences } from './refusal-differences'
import { storageDifferences } from './storage-differences'

/** In what our objects and statuses may differ from the recorded ones, field by field; docs/compatibility.md says why. Nothing else may. */
export const acceptedDifferences: ReadonlyArray<AcceptedDifference> = [
  ...generalDifferences,
  ...refusalDifferences,
  ...storageDifferences,
  ...furtherDifferences,
]
