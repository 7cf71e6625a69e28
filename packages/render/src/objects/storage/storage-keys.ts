import * as E from 'fp-ts/Either'

import {
  type ClusterFacts,
  names,
  objectRef,
  type RenderProblem,
  type Storage,
  storageFields,
  storagePlace,
} from '../../model'
import type { CredentialSource } from './secret-entry'

/** In the shell, what a cloud has given us stands here; no cluster has such an object. */
const REF = objectRef(names.SEEN_API_VERSION, 'StorageKeys', names.SINGLETON_NAME)

/** The keys that the cloud has given for this very storage. They are awaited until all of them are there. */
export const storageKeys = (
  storage: Storage,
  { storage: known }: ClusterFacts,
  keys: ReadonlyArray<string>,
): E.Either<RenderProblem, CredentialSource> => {
  const entries = known._tag === 'Looked' && known.place === storagePlace(storage) ? known.keys : {}
  return keys.every((key) => Object.hasOwn(entries, key))
    ? E.right({ ref: REF, entries, readings: {} })
    : E.left({ _tag: 'StorageAwaited', backend: Object.keys(storageFields(storage)).join(), keys })
}
