import { names, objectRef, type ObjectRef, type StorageTarget } from '../../model'

/** A storage outside of the cluster, named like an object of ours. */
export const storageRef = ({ place }: Pick<StorageTarget, 'place'>): ObjectRef =>
  objectRef(names.SEEN_API_VERSION, 'Storage', place)
