import type { FoundDifference } from './found-differences'

/** A difference that docs/compatibility.md speaks of. */
export type AcceptedDifference = Readonly<{
  /** The id of its row there. */
  row: string
  why: string
  /** `Kind/name` and, after a space, the path of the field; `*` stands for any text. */
  at: ReadonlyArray<string>
  /** The cases that it is seen in; any case if not given. */
  cases?: ReadonlyArray<string>
  /** What the two values have to be; any two if not given. */
  when?: (theirs: unknown, ours: unknown) => boolean
}>

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

const patterns = new Map<string, RegExp>()

const patternOf = (text: string): RegExp => {
  const known = patterns.get(text)
  if (known !== undefined) return known
  const pattern = new RegExp(`^${text.split('*').map(escaped).join('.*')}$`)
  patterns.set(text, pattern)
  return pattern
}

/** Where a difference is, without the namespace: no two kinds of ours have one name in two of them. */
const placeOf = ({ object, path }: FoundDifference): string => {
  const [kind, ...names] = object.split('/')
  const place = `${kind}/${names.at(-1)}`
  return path === '' ? place : `${place} ${path}`
}

/** Where an accepted difference says that this one may be; undefined where it says nothing of it. */
export const acceptedAt = (
  { at, cases, when }: AcceptedDifference,
  found: FoundDifference,
  caseName: string,
): string | undefined =>
  (cases === undefined || cases.includes(caseName)) &&
  (when === undefined || when(found.theirs, found.ours))
    ? at.find((pattern) => patternOf(pattern).test(placeOf(found)))
    : undefined
