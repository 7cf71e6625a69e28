import { wholeUnits } from '../../fields/same-quantity'
import { type JsonObject, type KubeObject, names, type StorageConsents, textOf } from '../../model'

/** What people have said of their storage with annotations. A guard that cannot be read lets nothing be deleted. */
export const storageConsents = ({
  metadata: { annotations = {} },
}: KubeObject): StorageConsents => {
  const all: JsonObject = annotations
  const guard = textOf(all[names.DELETION_GUARD_ANNOTATION])
  const recreate = textOf(all[names.RECREATE_STORAGE_ANNOTATION])
  const isSpent = recreate !== '' && recreate === textOf(all[names.SPENT_CONSENT_ANNOTATION])
  return {
    recreate: isSpent ? '' : recreate,
    ...(isSpent ? { spent: recreate } : {}),
    confirmed: textOf(all[names.CONFIRM_DELETION_ANNOTATION]),
    making: textOf(all[names.MAKES_STORAGE_ANNOTATION]),
    ...(guard === '' ? {} : { guardBytes: wholeUnits(guard) ?? 0 }),
  }
}
