import { digestOfJson } from '../../digest'
import { type KubeObject, names } from '../../model'

/**
 * The object with the annotation that says what it was made from: the digest of the whole object as it was
 * without that annotation. `digested` stands in for the object where a part of it must not count.
 */
export const withChecksum = (object: KubeObject, digested: KubeObject = object): KubeObject => ({
  ...object,
  metadata: {
    ...object.metadata,
    annotations: {
      ...object.metadata.annotations,
      [names.CHECKSUM_ANNOTATION]: digestOfJson(digested),
    },
  },
})
