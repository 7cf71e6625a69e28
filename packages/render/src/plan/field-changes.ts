import { type FieldPath, isWithin, showPath } from '../fields/field-path'
import { appliedFields, type FieldTree, hasManagedFields } from '../fields/managed-fields'
import { ownedContent } from '../fields/owned-content'
import { uncoveredPaths } from '../fields/uncovered-paths'
import { unwantedPaths } from '../fields/unwanted-paths'
import { valueAt } from '../fields/value-at'
import { type FieldChange, type JsonObject, type KubeObject, names } from '../model'
import { holders } from './holders'
import { type Trespass } from '../fields/trespasses'
import { valueDifferences } from '../fields/value-differences'

type Found = { readonly path: FieldPath; readonly why: FieldChange['why'] }

/** What else has to be known for it. */
type Comparison = {
  readonly intruders: ReadonlyArray<Trespass>
  /** Empty: the object itself. */
  readonly subresource: string
}

/**
 * Everything about a live object that is not as we want it. An object that was printed without managedFields
 * is compared by its values only.
 */
export const fieldChanges = (
  wanted: KubeObject,
  live: KubeObject,
  { intruders, subresource }: Comparison,
): ReadonlyArray<FieldChange> => {
  const content = ownedContent(wanted)
  const differing = valueDifferences(content, live)
  const held = hasManagedFields(live) ? heldByUs(live, subresource) : undefined
  const changes: ReadonlyArray<Found> = [
    ...differing.map((path) => ({ path, why: 'differs' as const })),
    ...notOwned(content, held, differing).map((path) => ({ path, why: 'not-owned' as const })),
    ...noLongerWanted(content, held).map((path) => ({ path, why: 'no-longer-wanted' as const })),
    ...intruders.map(({ path }) => ({ path, why: 'in-the-way' as const })),
  ]
  return changes.map(fieldChange(wanted, live, subresource))
}

const heldByUs = (live: KubeObject, subresource: string): FieldTree =>
  appliedFields(live, names.FIELD_MANAGER, subresource) ?? {}

/** A field that differs is not said twice. */
const notOwned = (
  content: JsonObject,
  held: FieldTree | undefined,
  differing: ReadonlyArray<FieldPath>,
): ReadonlyArray<FieldPath> =>
  held === undefined
    ? []
    : uncoveredPaths(content, held).filter(
        (path) => !differing.some((other) => isWithin(other, path) || isWithin(path, other)),
      )

const noLongerWanted = (
  content: JsonObject,
  held: FieldTree | undefined,
): ReadonlyArray<FieldPath> => (held === undefined ? [] : unwantedPaths(content, held))

const fieldChange =
  (wanted: KubeObject, live: KubeObject, subresource: string) =>
  ({ path, why }: Found): FieldChange => {
    const before = valueAt(live, path)
    const after = valueAt(wanted, path)
    return {
      path: showPath(path),
      why,
      ...(before === undefined ? {} : { live: before }),
      ...(after === undefined ? {} : { wanted: after }),
      heldBy: holders(live, path, subresource),
    }
  }
