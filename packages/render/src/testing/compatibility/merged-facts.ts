import type { Manifest } from './manifest'
import { fieldAt, type Fields, isFields } from './fields'

/** As much of an object as tells which one it is. */
export type Identified = Pick<Manifest, 'apiVersion' | 'kind' | 'metadata'> & Fields

/** Which object is meant, as text: kind, namespace if it has one, and name. */
export const identityOf = (object: unknown): string => {
  const kind = fieldAt(object, 'kind')
  const name = fieldAt(object, 'metadata', 'name')
  const namespace = fieldAt(object, 'metadata', 'namespace')
  if (typeof kind !== 'string' || typeof name !== 'string') {
    throw new Error(`Neither kind nor name says which object this is: ${JSON.stringify(object)}`)
  }
  return [kind, namespace, name].filter((part) => typeof part === 'string').join('/')
}

/** RFC 7396: objects are merged, null takes away, everything else replaces. */
const mergePatched = (value: unknown, patch: unknown): unknown => {
  if (!isFields(patch)) return patch
  const start = isFields(value) ? value : {}
  return Object.entries(patch).reduce<Fields>((merged, [key, change]) => {
    const { [key]: before, ...others } = merged
    return change === null ? others : { ...others, [key]: mergePatched(before, change) }
  }, start)
}

const withFact = (facts: ReadonlyArray<Manifest>, fact: Identified): ReadonlyArray<Manifest> => {
  const identity = identityOf(fact)
  const before = facts.find((each) => identityOf(each) === identity)
  // A fact that says which object it is still does so after it was merged.
  const merged = mergePatched(before, fact) as Manifest
  return before === undefined
    ? [...facts, merged]
    : facts.map((each) => (each === before ? merged : each))
}

/** The common facts as one case changes them: merged by object, without those that are absent there. */
export const mergedFacts = (
  common: ReadonlyArray<Manifest>,
  changed: ReadonlyArray<Identified>,
  absent: ReadonlyArray<Identified>,
): ReadonlyArray<Manifest> => {
  const gone = absent.map(identityOf)
  return changed.reduce(withFact, common).filter((fact) => !gone.includes(identityOf(fact)))
}
