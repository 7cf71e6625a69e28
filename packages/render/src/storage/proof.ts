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

/** The mark of a cluster alone proves nothing: the original put it on buckets of users as well. */
export const proofOf = (
  sight: PartSight | undefined,
  { marks, formerMarks, isGeneratedName }: Identity,
): Proof => {
  if (sight?._tag === 'Absent') return 'nobody'
  if (sight?._tag !== 'Present' || sight.marks === undefined) return 'unknown'
  if (contains(sight.marks, marks)) return 'ours'
  return isGeneratedName && contains(sight.marks, formerMarks) ? 'original' : 'nobody'
}

/** Whether what is proven is enough to change a thing, or remove it. */
export const isOwned = (proof: Proof): boolean => proof === 'ours' || proof === 'original'
