import { managedEntries } from '../../fields/managed-fields'
import { isJsonObject, type Json, type JsonObject, names, textOf } from '../../model'

import type { Asked } from '../asked'
import { claimWishes } from '../storage/claim-wishes'
import { isOthers, othersBelow } from './others-fields'

/** `spec.rolloutStrategy` once we have decided it: what it is, and what of that is ours to write. */
export type DecidedRollout = { readonly value: Json | undefined; readonly ours: JsonObject }

const isSet = (value: Json | undefined): value is Json => value !== undefined && value !== null

const isForOnePod = ({ replicas }: JsonObject): boolean =>
  typeof replicas !== 'number' || replicas <= 1

/** Whether the claim that the storage is on can be mounted by one node only, or will be, once it is made. */
const isForOneNode = ({ subject, facts }: Asked, storage: Json | undefined): boolean => {
  const pvc = isJsonObject(storage) ? storage['pvc'] : undefined
  if (!isJsonObject(pvc)) return false
  const name = textOf(pvc['claim']) || names.DEFAULT_CLAIM_NAME
  const found = facts.claims.find((claim) => claim.name === name)
  return found === undefined
    ? name === names.DEFAULT_CLAIM_NAME && claimWishes(subject).accessMode !== 'ReadWriteMany'
    : !found.accessModes.includes('ReadWriteMany') && found.accessModes.includes('ReadWriteOnce')
}

/** What a first Config was made with stands there until somebody says otherwise, as everything else of it. */
const isOursAlone = ({ subject }: Asked): boolean =>
  !isOthers(
    othersBelow(
      managedEntries(subject)
        .filter(({ manager }) => manager !== names.FIELD_MANAGER)
        .map(({ fields }) => fields),
      ['spec', 'rolloutStrategy'],
    ),
  )

/**
 * How pods are replaced, where nobody has said so: on plain Kubernetes, one pod on a volume for one node has to go before the
 * next one comes. OpenShift's platforms decide it with their first Config.
 */
export const decidedRollout = (given: Asked, storage: Json | undefined): DecidedRollout => {
  const { spec, others, state, facts } = given
  const { rolloutStrategy: said } = spec
  const isTheirs = isSet(said) && isOthers(othersBelow(others, ['rolloutStrategy']))
  if (facts.platform === 'OpenShift' || isTheirs) return { value: said, ours: {} }
  // Who wants nothing done has nothing changed either.
  if (state !== 'Managed')
    return { value: said, ours: isSet(said) ? { rolloutStrategy: said } : {} }
  if (isForOnePod(spec) && isForOneNode(given, storage))
    return { value: 'Recreate', ours: { rolloutStrategy: 'Recreate' } }
  return { value: isOursAlone(given) ? undefined : said, ours: {} }
}
