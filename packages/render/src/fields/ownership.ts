import { type KubeObject, names, type OwnershipProof, refOf, writtenKindOf } from '../model'
import { appliedFields } from './managed-fields'

const bears = ({ metadata }: KubeObject, annotation: string): boolean =>
  Object.hasOwn(metadata.annotations ?? {}, annotation)

/** The object carries our ownership annotation, whatever its value. */
export const isAnnotatedAsOurs = (object: KubeObject): boolean =>
  bears(object, names.OWNERSHIP_ANNOTATION)

/**
 * What on an object shows that this operator, or the original one, made it: our manager has applied the object
 * itself, or it bears the mark of what we write under that name. Undefined when nothing does.
 */
export const ownershipProof = (object: KubeObject): OwnershipProof | undefined => {
  if (appliedFields(object, names.FIELD_MANAGER) !== undefined) {
    return { _tag: 'FieldManager', manager: names.FIELD_MANAGER }
  }
  const key = writtenKindOf(refOf(object))?.mark
  return key !== undefined && bears(object, key) ? { _tag: 'Annotation', key } : undefined
}
