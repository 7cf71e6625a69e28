import { digestOfSecret } from '@image-registry-operator/render'
import {
  names,
  objectRef,
  type KubeObject,
  type StorageError,
  type StorageFacts,
  type StorageTrouble,
} from '@image-registry-operator/render/model'
import type { Seen } from '@image-registry-operator/storage-drivers'
import * as E from 'fp-ts/Either'

const seen = (kind: string, content: object): KubeObject => ({
  apiVersion: names.SEEN_API_VERSION,
  kind,
  metadata: { name: names.SINGLETON_NAME },
  ...content,
})

/** What is known of a storage, in the form that decoding expects. */
export const seenStorage = (facts: StorageFacts): KubeObject => seen('Storage', { status: facts })

/** Somebody is going to look, and nobody has been answered. */
export const AWAITED_STORAGE = seen('Storage', { status: { awaited: true } })

/** Where the secret values are that a cloud has given. */
export const KEYS_REF = objectRef(names.SEEN_API_VERSION, 'StorageKeys', names.SINGLETON_NAME)

/** These values, as they are. They stay in this process. */
export const seenKeys = (keys: Seen['keys']): KubeObject => seen('StorageKeys', { data: keys })

/** What these values are called where they must not stand themselves. */
export const keyDigests = (keys: Seen['keys']): StorageFacts['keys'] =>
  Object.fromEntries(Object.entries(keys).map(([name, value]) => [name, digestOfSecret(value)]))

const unseenParts = ({ sight: { parts } }: Seen): ReadonlyArray<StorageError> =>
  Object.values(parts).flatMap((part) => (part._tag === 'Unseen' ? [part.error] : []))

/** What of a look did not succeed. */
export const troublesOf = (look: E.Either<StorageError, Seen>): ReadonlyArray<StorageTrouble> =>
  (E.isLeft(look) ? [look.left] : unseenParts(look.right)).map((error) => ({
    verb: 'observe',
    error,
  }))
