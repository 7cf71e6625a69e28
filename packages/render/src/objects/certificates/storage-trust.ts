import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'

import type { ClusterFacts, Config, RenderProblem, Wishes } from '../../model'
import { storageAuthorities } from './storage-authorities'

/** Whom to trust as the storage, beside those whom everybody trusts; empty where there is nobody. */
export type StorageTrust = {
  readonly authorities: string
  /** The same, for whoever pulls from the registry and is sent on to the storage. */
  readonly forClients: string
}

const NOBODY: StorageTrust = { authorities: '', forClients: '' }

/** Whom to trust as the storage of the registry; a registry that is removed has none. */
export const storageTrust = (
  { config }: Pick<Wishes, 'config'>,
  facts: ClusterFacts,
): E.Either<RenderProblem, StorageTrust> =>
  E.isRight(config) && config.right.managementState !== 'Removed'
    ? pipe(storageAuthorities(config.right, facts), E.map(trust(config.right)))
    : E.right(NOBODY)

const trust =
  ({ disableRedirect }: Config) =>
  (authorities: string): StorageTrust => ({
    authorities,
    forClients: disableRedirect ? '' : authorities,
  })
