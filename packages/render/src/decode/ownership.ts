import { isJsonObject, names, type KubeObject } from '../model'

/** The object carries our ownership annotation, whatever its value. */
export const isAnnotatedAsOurs = ({ metadata }: KubeObject): boolean =>
  Object.hasOwn(metadata.annotations ?? {}, names.OWNERSHIP_ANNOTATION)

/** Some field of the object is held by our field manager. */
export const isManagedByUs = ({ metadata }: KubeObject): boolean =>
  (metadata.managedFields ?? []).some(
    (entry) => isJsonObject(entry) && entry['manager'] === names.FIELD_MANAGER,
  )
