import { showRef } from '@image-registry-operator/render/model'

import type { Collection } from '../client/kube-client'

/** Something that is not known yet. `problem` is why, as far as the API server said. */
export type Unsynced = { readonly collection: Collection; readonly problem?: string }

/** Why there is no snapshot. Cured by the API server answering, or by RBAC; both are tried again on their own. */
export type ObserveError = {
  readonly _tag: 'NotSynced'
  readonly missing: ReadonlyArray<Unsynced>
}

const describeOne = ({ collection, problem }: Unsynced): string => {
  const { apiVersion, kind, namespace, name } = collection
  const what = showRef({
    apiVersion,
    kind,
    name: name ?? '*',
    ...(namespace === undefined ? {} : { namespace }),
  })
  return problem === undefined ? what : `${what} (${problem})`
}

/** One line: what could not be read, and what the API server said about it. */
export const describeObserveError = ({ missing }: ObserveError): string =>
  `not read yet: ${missing.map(describeOne).join(', ')}`
