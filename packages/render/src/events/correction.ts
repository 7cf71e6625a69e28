import { appliedFields } from '../fields/managed-fields'
import { type ApplyObject, type KubeObject, names } from '../model'

const DIGESTS = [names.CHECKSUM_ANNOTATION, names.SPEC_HASH_ANNOTATION]

const digestsOf = (object: KubeObject | undefined): ReadonlyArray<string> =>
  DIGESTS.flatMap((annotation) => object?.metadata.annotations?.[annotation] ?? [])

/**
 * The live object came from the very same desired one: somebody else has changed it since. What bears no digest is
 * always desired the same, but for its status.
 */
export const isCorrection = (action: ApplyObject): boolean => {
  const { change, before, desired } = action
  if (change !== 'update' || desired.mode !== 'converge' || desired.subresource !== undefined) {
    return false
  }
  const wanted = digestsOf(desired.object)
  const live = digestsOf(before)
  return wanted.length === 0 ? wasOurs(action) : wanted.every((digest) => live.includes(digest))
}

const wasOurs = ({ before }: ApplyObject): boolean =>
  before !== undefined && appliedFields(before, names.FIELD_MANAGER) !== undefined
