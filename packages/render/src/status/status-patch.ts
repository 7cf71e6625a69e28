import { isOfOriginal } from '../fields/adoption'
import { appliedFields, hasManagedFields, managedEntries } from '../fields/managed-fields'
import { reclaim } from '../fields/reclaim'
import { trespasses } from '../fields/trespasses'
import { uncoveredPaths } from '../fields/uncovered-paths'
import { unwantedPaths } from '../fields/unwanted-paths'
import { valueDifferences } from '../fields/value-differences'
import { type JsonObject, type KubeObject, names, type StatusPatch } from '../model'

/**
 * What makes the status of a cluster-scoped object what it should be; undefined when it is already, and ours. Beside
 * it others may say what they like; only what the original operator has left there goes.
 */
export const statusPatch = (subject: KubeObject, status: JsonObject): StatusPatch | undefined => {
  const content = { status }
  const first = reclaimed(subject, content)
  const isRight = valueDifferences(content, subject).length === 0 && isHeld(subject, content)
  if (isRight && first.length === 0) return undefined
  const object = {
    apiVersion: subject.apiVersion,
    kind: subject.kind,
    metadata: { name: subject.metadata.name },
    status,
  }
  return first.length === 0 ? { object } : { object, reclaim: first }
}

/** Whether we hold just this. Nothing can be said of an object that was printed without managedFields. */
const isHeld = (subject: KubeObject, content: JsonObject): boolean => {
  if (!hasManagedFields(subject)) return true
  const held = appliedFields(subject, names.STATUS_FIELD_MANAGER, 'status') ?? {}
  return uncoveredPaths(content, held).length === 0 && unwantedPaths(content, held).length === 0
}

const CLAIM = {
  manager: names.STATUS_FIELD_MANAGER,
  subresource: 'status',
  isExclusive: () => false,
}

/** Of the object itself nothing is taken back: what the original operator decided there stays, as nobody's. */
const reclaimed = (subject: KubeObject, content: JsonObject): ReadonlyArray<JsonObject> =>
  reclaim(subject, {
    claim: CLAIM,
    intruders: trespasses(content, subject, CLAIM),
    adopted: managedEntries(subject).filter(isOfOriginal),
  })
