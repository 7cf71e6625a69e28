import { type KubeObject, names, type OwnershipProof, refOf, writtenKindOf } from '../model'
import { appliedFields, managedEntries } from './managed-fields'

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
  const written = writtenKindOf(refOf(object))
  if (written?.byMarkOnly !== true && appliedFields(object, names.FIELD_MANAGER) !== undefined) {
    return { _tag: 'FieldManager', manager: names.FIELD_MANAGER }
  }
  const key = written?.mark
  if (key !== undefined && bears(object, key)) return { _tag: 'Annotation', key }
  return written !== undefined && key === undefined && isUpdatedByOriginal(object)
    ? { _tag: 'FieldManager', manager: names.ORIGINAL_FIELD_MANAGER }
    : undefined
}

/** Only objects that the original operator does not mark need this: a mark says more than who touched it last. */
const isUpdatedByOriginal = (object: KubeObject): boolean =>
  managedEntries(object).some(
    ({ manager, operation, subresource }) =>
      manager === names.ORIGINAL_FIELD_MANAGER && operation === 'Update' && subresource === '',
  )
