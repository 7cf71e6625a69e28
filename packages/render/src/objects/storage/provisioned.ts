import * as E from 'fp-ts/Either'

import type { RenderProblem } from '../../model'

/** Whether everything that says where a storage is has been said: of the fields, those that are empty are missing. */
export const provisioned = (
  backend: string,
  fields: { readonly [field: string]: string },
): E.Either<RenderProblem, unknown> => {
  const missing = Object.keys(fields)
    .filter((field) => fields[field] === '')
    .sort()
  return missing.length === 0
    ? E.right(undefined)
    : E.left({ _tag: 'StorageNotProvisioned', backend, missing })
}
