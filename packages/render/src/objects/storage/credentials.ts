import * as E from 'fp-ts/Either'
import { identity, pipe } from 'fp-ts/function'

import { digestOfText } from '../../digest'
import { type ClusterFacts, names, objectRef, type RenderProblem } from '../../model'
import { contentOf } from '../content-digests'
import type { CredentialSource } from './secret-entry'

/** One way to give credentials: entries of a Secret that have to be there together. */
export type Way<A> = {
  readonly secret: string
  readonly keys: ReadonlyArray<string>
  readonly use: (from: CredentialSource) => A
}

const EMPTY = digestOfText('')

const sourceOf = (facts: ClusterFacts, name: string): CredentialSource | undefined => {
  const found = contentOf(facts, 'Secret', { namespace: names.REGISTRY_NAMESPACE, name })
  return found === undefined
    ? undefined
    : {
        ref: objectRef('v1', 'Secret', name, names.REGISTRY_NAMESPACE),
        entries: Object.fromEntries(
          Object.entries(found.entries).filter(([, digest]) => digest !== EMPTY),
        ),
        readings: found.readings ?? {},
      }
}

const missing = (
  secrets: ReadonlyArray<string>,
  keys: ReadonlyArray<string>,
): E.Either<RenderProblem, never> =>
  E.left({
    _tag: 'CredentialsMissing',
    namespace: names.REGISTRY_NAMESPACE,
    names: secrets,
    keys,
  })

/**
 * What is made of the credentials, in the first way that is complete. Who has made the user's Secret wants that one: no
 * other is looked at then, even where it is not complete.
 */
export const credentials = <A>(
  facts: ClusterFacts,
  [first, ...others]: readonly [Way<A>, ...ReadonlyArray<Way<A>>],
): E.Either<RenderProblem, A> => {
  const ways = [first, ...others]
  const secrets = [...new Set(ways.map(({ secret }) => secret))]
  const found = secrets.map((name) => sourceOf(facts, name)).find((source) => source !== undefined)
  if (found === undefined) return missing(secrets, first.keys)
  const lacking = ({ keys }: Way<A>) => keys.filter((key) => !Object.hasOwn(found.entries, key))
  const way = ways.find((one) => one.secret === found.ref.name && lacking(one).length === 0)
  if (way !== undefined) return E.right(way.use(found))
  return found.ref.name === first.secret
    ? missing([first.secret], lacking(first))
    : missing(secrets, first.keys)
}

/** The same, where not everything that is complete can be used. */
export const usableCredentials = <A>(
  facts: ClusterFacts,
  ways: readonly [
    Way<E.Either<RenderProblem, A>>,
    ...ReadonlyArray<Way<E.Either<RenderProblem, A>>>,
  ],
): E.Either<RenderProblem, A> => pipe(credentials(facts, ways), E.flatMap(identity))
