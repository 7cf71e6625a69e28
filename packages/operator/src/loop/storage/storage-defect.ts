import { basename } from 'node:path'

import type { StorageBackend, StorageError } from '@image-registry-operator/render/model'
import * as E from 'fp-ts/Either'
import type { TaskEither } from 'fp-ts/TaskEither'

/** Where it happened, in the form `file.js:1:2`; empty where nobody can say. */
const placeOf = ({ stack = '' }: Error): string =>
  basename(/^ +at .*?([^ (]+:\d+:\d+)\)?$/m.exec(stack)?.[1] ?? '')

const codeOf = (cause: Error): string =>
  'code' in cause && typeof cause.code === 'string' ? cause.code : ''

// What it says is left out: a parser quotes what it cannot read, and that may be a password.
const described = (cause: unknown): string => {
  if (!(cause instanceof Error)) return ''
  const place = placeOf(cause)
  const words = [cause.name, codeOf(cause), place === '' ? '' : `at ${place}`]
  return `: ${words.filter((word) => word !== '').join(' ')}`
}

const defect = (backend: StorageBackend, operation: string, cause: unknown): StorageError => ({
  _tag: 'StorageFailed',
  backend,
  operation,
  code: 'none',
  message: `a defect of this operator${described(cause)}`,
})

/** What a driver does, where even its defects are failures like others: they are told, and it is tried again. */
export const withDefects =
  <A>(
    backend: StorageBackend,
    operation: string,
    task: TaskEither<StorageError, A>,
  ): TaskEither<StorageError, A> =>
  () =>
    Promise.resolve()
      .then(task)
      .catch((cause: unknown) => E.left(defect(backend, operation, cause)))
