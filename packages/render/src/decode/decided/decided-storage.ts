import * as E from 'fp-ts/Either'

import {
  clusterDefaults,
  type DefaultStorage,
  isJsonObject,
  type Json,
  type JsonObject,
  names,
} from '../../model'

import type { Asked, DecidingFacts } from '../asked'
import { BACKEND_NAMES } from '../storage/chosen-storage'
import type { DecidedField } from './decided-tls'
import { generatedPlaces } from '../storage/generated-places'
import { isOthers, notOthers, othersBelow, type OthersFields } from './others-fields'

const isSet = (value: Json | undefined): boolean => value !== undefined && value !== null

const backendsOf = (storage: JsonObject): ReadonlyArray<string> =>
  BACKEND_NAMES.filter((name) => isSet(storage[name]))

const without = (storage: JsonObject, left: ReadonlyArray<string>): JsonObject =>
  Object.fromEntries(Object.entries(storage).filter(([name]) => !left.includes(name)))

/**
 * The storage without what stands there because of us alone while somebody has chosen another one: who applies another
 * choice takes only his own fields away.
 */
const withoutAbandoned = (storage: JsonObject, others: OthersFields): JsonObject => {
  const chosen = backendsOf(storage)
  const theirs = chosen.filter((name) => isOthers(othersBelow(others, [name])))
  return theirs.length === 0
    ? storage
    : without(
        storage,
        chosen.filter((name) => !theirs.includes(name)),
      )
}

/** What the cluster has where nobody has chosen; nothing where it has nothing, or does not say. */
const defaultStorage = (facts: DecidingFacts): DefaultStorage => {
  const defaults = clusterDefaults(facts)
  return E.isRight(defaults) ? (defaults.right.storage ?? {}) : {}
}

const withPvc = (storage: JsonObject, pvc: (pvc: JsonObject) => JsonObject): JsonObject =>
  isJsonObject(storage['pvc']) ? { ...storage, pvc: pvc(storage['pvc']) } : storage

const hasClaim = (facts: DecidingFacts, whose: { readonly ours: boolean }): boolean =>
  facts.claims.some(({ name, ours }) => name === names.DEFAULT_CLAIM_NAME && ours === whose.ours)

/** The name of our own claim is no choice: where nobody else has put it there, and nobody else made the claim, it is left open. */
const withOpenClaim = (storage: JsonObject, others: OthersFields, facts: DecidingFacts) =>
  withPvc(storage, ({ claim, ...rest }) => {
    const isOurs =
      claim === names.DEFAULT_CLAIM_NAME &&
      !isOthers(othersBelow(others, ['pvc', 'claim'])) &&
      !hasClaim(facts, { ours: false })
    return isOurs || claim === undefined ? rest : { ...rest, claim }
  })

const hasOpenClaim = ({ pvc }: JsonObject): boolean =>
  isJsonObject(pvc) && (!isSet(pvc['claim']) || pvc['claim'] === '')

const withOurClaim = (ours: JsonObject): JsonObject => ({
  ...ours,
  pvc: {
    ...(isJsonObject(ours['pvc']) ? ours['pvc'] : {}),
    claim: names.DEFAULT_CLAIM_NAME,
  },
})

/**
 * `spec.storage` with what we decide in it: the platform's default where nothing is chosen, the name of the claim that
 * we have made, and the names of what we are to make outside of the cluster. Only Managed needs either; otherwise what stands there goes on standing there.
 */
export const decidedStorage = (given: Asked): DecidedField => {
  const { spec, others: all, state, facts } = given
  const asked = spec['storage'] ?? {}
  // Decoding says what is wrong with it.
  if (!isJsonObject(asked)) return { value: asked, ours: {} }
  const others = othersBelow(all, ['storage'])
  const kept = withoutAbandoned(asked, others)
  const byDefault =
    state === 'Managed' && backendsOf(kept).length === 0 ? defaultStorage(facts) : {}
  const ours = { ...notOthers(kept, others), ...byDefault }
  const value = {
    ...withOpenClaim(kept, others, facts),
    ...withOpenClaim(byDefault, [], facts),
  }
  const isClaimed = state === 'Managed' && hasOpenClaim(value) && hasClaim(facts, { ours: true })
  const places = state === 'Managed' ? generatedPlaces(value, given) : {}
  return {
    value: withAdded(value, places),
    ours: withAdded(isClaimed ? withOurClaim(ours) : ours, places),
  }
}

/** An object with the members of another one, and so on in those that both have. */
const withAdded = (object: JsonObject, added: JsonObject): JsonObject => ({
  ...object,
  ...Object.fromEntries(
    Object.entries(added).map(([name, value]) => {
      const known = object[name]
      return [name, isJsonObject(known) && isJsonObject(value) ? withAdded(known, value) : value]
    }),
  ),
})
