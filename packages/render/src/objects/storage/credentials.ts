import * as E from 'fp-ts/Either'

import { digestOfText } from '../../digest'
import { type ClusterFacts, names, type RenderProblem } from '../../model'
import { contentDigests } from '../content-digests'
import type { CredentialSource } from './secret-entry'

/** One way to give credentials: entries of a Secret that have to be there together. */
export type Way<A> = {
  readonly secret: string
  readonly keys: ReadonlyArray<string>
  readonly use: (from: CredentialSource) => A
}

const EMPTY = digestOfText('')

const sourceOf = (facts: ClusterFacts, name: string): CredentialSource | undefined => {
  const found = contentDigests(facts, 'Secret', { namespace: names.REGISTRY_NAMESPACE, name })
  return found === undefined
    ? undefined
    : {
        name,
        entries: Object.fromEntries(Object.entries(found).filter(([, digest]) => digest !== EMPTY)),
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
  [first, ...others]: readonly [Way<A>, ...Way<A>[]],
): E.Either<RenderProblem, A> => {
  const ways = [first, ...others]
  const secrets = [...new Set(ways.map(({ secret }) => secret))]
  const found = secrets.map((name) => sourceOf(facts, name)).find((source) => source !== undefined)
  if (found === undefined) return missing(secrets, first.keys)
  const lacking = ({ keys }: Way<A>) => keys.filter((key) => !Object.hasOwn(found.entries, key))
  const way = ways.find((one) => one.secret === found.name && lacking(one).length === 0)
  if (way !== undefined) return E.right(way.use(found))
  return found.name === first.secret
    ? missing([found.name], lacking(first))
    : missing(secrets, first.keys)
}
