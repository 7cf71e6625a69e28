import type { Observer } from '@image-registry-operator/apply'
import {
  isJsonObject,
  showRef,
  textOf,
  type CopiedValue,
  type StorageError,
  type StorageTarget,
} from '@image-registry-operator/render/model'
import type { StorageAccess } from '@image-registry-operator/storage-drivers'
import * as E from 'fp-ts/Either'
import type { IO } from 'fp-ts/IO'
import * as O from 'fp-ts/Option'
import type { TaskEither } from 'fp-ts/TaskEither'

export type AccessDeps = { readonly valuesOf: Observer['valuesOf'] }

const gone = ({ backend }: StorageTarget, { ref }: CopiedValue): StorageError => ({
  _tag: 'CredentialsRefused',
  backend,
  operation: `read ${showRef(ref)}`,
  code: 'none',
  message: 'it is gone, or has just changed',
})

/** The values of a target's credentials. A Secret that has just gone is no reason to fail for good: the next pass sees it. */
export const storageAccess =
  (
    { valuesOf }: AccessDeps,
    target: StorageTarget,
    isWanted: IO<boolean>,
  ): TaskEither<StorageError, StorageAccess> =>
  async () => {
    const read = Object.entries(target.credentials.values).map(([name, source]) => ({
      name,
      source,
      value: valueAt(valuesOf, source),
    }))
    const missing = read.find(({ value }) => value === undefined)
    return missing === undefined
      ? E.right({
          target,
          isWanted,
          values: Object.fromEntries(read.map(({ name, value }) => [name, value ?? ''])),
        })
      : E.left(gone(target, missing.source))
  }

const valueAt = (valuesOf: Observer['valuesOf'], source: CopiedValue): string | undefined => {
  const object = valuesOf(source.ref)
  const [field = '', key = ''] = source.path
  const entries = O.isSome(object) ? object.value[field] : undefined
  return isJsonObject(entries) && Object.hasOwn(entries, key)
    ? Buffer.from(textOf(entries[key]), 'base64').toString('utf8')
    : undefined
}
