import type { Marks, PartSight } from '../model'

/** Who made a thing outside of the cluster, as far as it shows. */
export type Proof =
  /** This Config. */
  | 'ours'
  /** The original operator, on this cluster: it carries the cluster's mark and a name that nobody chooses. */
  | 'original'
  | 'nobody'
  /** It could not be seen. */
  | 'unknown'

const contains = (found: Marks, wanted: Marks): boolean => {
  const entries = Object.entries(wanted)
  return entries.length > 0 && entries.every(([name, value]) => found[name] === value)
}

/** What a part is known by. */
export type Identity = {
  readonly marks: Marks
  readonly formerMarks: Marks
  readonly isGeneratedName: boolean
}

/** The service has nothing that marks could stand on, so nothing there can ever be proven. */
export const cannotBeMarked = (sight: PartSight | undefined): boolean =>
  sight?._tag === 'Present' &&
  sight.marks === undefined &&
  (sight.settings.Tagged?._tag === 'NotSupported' ||
    sight.settings.Labeled?._tag === 'NotSupported')

/** The mark of a cluster alone proves nothing: the original put it on buckets of users as well. */
export const proofOf = (
  sight: PartSight | undefined,
  { marks, formerMarks, isGeneratedName }: Identity,
): Proof => {
  if (sight?._tag === 'Absent' || cannotBeMarked(sight)) return 'nobody'
  if (sight?._tag !== 'Present' || sight.marks === undefined) return 'unknown'
  if (contains(sight.marks, marks)) return 'ours'
  return isGeneratedName && contains(sight.marks, formerMarks) ? 'original' : 'nobody'
}

/** Whether what is proven is enough to change a thing, or remove it. */
export const isOwned = (proof: Proof): boolean => proof === 'ours' || proof === 'original'

/**
 * Who made what is within something else: the original marked accounts of Azure, but not the containers that it made in
 * them under names of its own.
 */
export const proofWithin = (own: Proof, isGeneratedName: boolean, around: Proof): Proof =>
  own === 'nobody' && isGeneratedName && isOwned(around) ? 'original' : own
