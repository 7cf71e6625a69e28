import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'

import { type ClusterFacts, names, type RenderProblem, type Wishes } from '../../model'
import { assembled, withStorage } from './assembled'
import { bundle, type Content } from './bundle'
import { ownAuthorities } from './own-authorities'
import { storageTrust } from './storage-trust'

const NOTHING: Content = { data: {}, binaryData: {} }

/** Whom the cluster is to trust as the registry: itself and, where clients are sent there, its storage. */
export const authoritiesForCluster = (
  wishes: Pick<Wishes, 'config'>,
  facts: ClusterFacts,
): E.Either<RenderProblem, Content> =>
  pipe(
    storageTrust(wishes, facts),
    E.map((storage) => {
      const own = ownAuthorities(wishes, facts)
      return { ...NOTHING, data: withStorage(own, own, storage) }
    }),
  )

/** Whom the registry and the nodes are to trust: the same, whomever the user names, and the storage. */
export const authoritiesForRegistry = (
  wishes: Pick<Wishes, 'config'>,
  facts: ClusterFacts,
): E.Either<RenderProblem, Content> =>
  pipe(
    E.Do,
    E.bindW('storage', () => storageTrust(wishes, facts)),
    E.bindW('named', () => namedByUser(facts)),
    E.map(({ storage, named }) => assembled(ownAuthorities(wishes, facts), named, storage)),
  )

const namedByUser = (facts: ClusterFacts): E.Either<RenderProblem, Content> => {
  const name = facts.imageConfig.additionalTrustedCa
  if (name === '') return E.right(NOTHING)
  const found = bundle(facts, names.CONFIG_NAMESPACE, name)
  return found === undefined
    ? E.left({ _tag: 'ConfigMapMissing', namespace: names.CONFIG_NAMESPACE, name })
    : E.right(found)
}
