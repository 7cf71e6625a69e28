import * as E from 'fp-ts/Either'

import { readOnlyVariable } from '../fields/read-only-variable'
import {
  type ClusterFacts,
  type Condition,
  isCollectionUnderWay,
  isJsonObject,
  keyOf,
  names,
} from '../model'
import { DEPLOYMENT, type Situation } from './situation'

const condition = (reason: string, message: string): ReadonlyArray<Condition> => [
  { type: 'LeftReadOnly', status: 'True', reason, message },
]

const isAsked = ({ config, subject: { spec } }: Situation): boolean =>
  config?.readOnly ?? (isJsonObject(spec) && spec['readOnly'] === true)

const isOpenedNow = ({ outcome }: Situation): boolean =>
  outcome.some(({ action, result }) => action._tag === 'PatchObject' && E.isRight(result))

const tellsPodsSo = ({ live }: Situation): boolean => {
  const deployment = live.get(DEPLOYMENT)
  return deployment !== undefined && readOnlyVariable(deployment) !== undefined
}

const BY_HAND = `kubectl set env deployment/${names.REGISTRY_NAME} -n ${names.REGISTRY_NAMESPACE} ${names.READ_ONLY_VARIABLE}-`

/** A Deployment that is written as usual opens the registry by itself; a write that fails once is tried again at once. */
const isHeldBack = ({ config, withheld }: Situation): boolean =>
  config === undefined || withheld.some(({ ref }) => keyOf(ref) === DEPLOYMENT)

/** Whoever opens it while a Job deletes lets layers vanish that are pushed meanwhile. */
const unmanaged = (facts: ClusterFacts): string => {
  const busy = (facts.pruning?.collecting ?? []).find(({ state }) => state === 'unfinished')
  const when =
    busy === undefined || !isCollectionUnderWay(facts) ? '' : `, once Job ${busy.name} has ended`
  return `The registry takes no pushes: it was closed for deleting garbage, and nobody opens it while it is Unmanaged. Set spec.managementState to Managed, or open it yourself${when}: ${BY_HAND}`
}

/**
 * That the registry takes no pushes, although nobody wants that and no garbage is being deleted, or nobody will open it when that
 * is done. Nothing is said where it takes pushes, or takes none for a good reason.
 */
export const leftReadOnly = (given: Situation): ReadonlyArray<Condition> => {
  const { state, facts } = given
  const isLeft =
    facts.pruning !== undefined && tellsPodsSo(given) && !isAsked(given) && !isOpenedNow(given)
  if (!isLeft || state === 'Removed') return []
  if (state === 'Unmanaged') return condition('Unmanaged', unmanaged(facts))
  return isCollectionUnderWay(facts) || !isHeldBack(given)
    ? []
    : condition(
        'NotOpened',
        'The registry takes no pushes, although no garbage is being deleted any more: its Deployment cannot be written as it should be. Degraded says why',
      )
}
