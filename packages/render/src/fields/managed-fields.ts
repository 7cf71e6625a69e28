import { isJsonObject, type JsonObject, type KubeObject, objectsOf, textOf } from '../model'

/** Which fields somebody holds: a tree with keys such as `f:spec` and `k:{"name":"registry"}`. */
export type FieldTree = JsonObject

/** One entry of `metadata.managedFields`. */
export type ManagedEntry = {
  readonly manager: string
  readonly operation: string
  /** Empty for the object itself, else `status` or `scale`. */
  readonly subresource: string
  readonly fields: FieldTree
  /** The entry as it stands in the object. */
  readonly source: JsonObject
}

const managedEntry = (source: JsonObject): ManagedEntry => ({
  manager: textOf(source['manager']),
  operation: textOf(source['operation']),
  subresource: textOf(source['subresource']),
  fields: isJsonObject(source['fieldsV1']) ? source['fieldsV1'] : {},
  source,
})

/** Whether it is known who holds what: `kubectl get -o yaml` leaves it out. An empty list says that nobody does. */
export const hasManagedFields = ({ metadata }: KubeObject): boolean =>
  metadata.managedFields !== undefined

/** Who holds what of an object; empty when that is not known. */
export const managedEntries = ({ metadata }: KubeObject): ReadonlyArray<ManagedEntry> =>
  objectsOf(metadata.managedFields).map(managedEntry)

/** Whether an entry is the one that server-side apply keeps for a manager. */
export const isAppliedBy =
  (manager: string, subresource = '') =>
  (entry: ManagedEntry): boolean =>
    entry.manager === manager && entry.operation === 'Apply' && entry.subresource === subresource

/** The fields that a manager holds through server-side apply; undefined when it holds none. */
export const appliedFields = (
  object: KubeObject,
  manager: string,
  subresource = '',
): FieldTree | undefined => managedEntries(object).find(isAppliedBy(manager, subresource))?.fields
