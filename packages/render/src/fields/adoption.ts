import { type KubeObject, names } from '../model'
import { type ManagedEntry, managedEntries } from './managed-fields'

/** Under this name the original operator applies what it observes of the cluster's TLS profile. */
const ORIGINAL_OBSERVER = 'ImageRegistryConfigObserver-ConfigObserver'

/** Whether an entry says what the original operator holds. */
export const isOfOriginal = ({ manager, operation, subresource }: ManagedEntry): boolean =>
  (manager === names.ORIGINAL_FIELD_MANAGER && operation === 'Update') ||
  (manager === ORIGINAL_OBSERVER && operation === 'Apply' && subresource === 'status')

/**
 * What the original operator holds of an object, or of its status. All of it becomes ours, or nobody's: a field that it
 * went on holding could never be taken away by applying, which removes only what nobody else holds.
 */
export const adoptedEntries = (
  live: KubeObject,
  subresource: string,
): ReadonlyArray<ManagedEntry> =>
  managedEntries(live).filter((entry) => isOfOriginal(entry) && entry.subresource === subresource)

/** Fields that others choose where we do not, although it was the original operator's request that made them do it. */
const CHOSEN_BY_OTHERS: { readonly [kind: string]: ReadonlyArray<string> } = {
  Route: ['spec.host', 'spec.wildcardPolicy'],
  Service: ['spec.clusterIP', 'spec.clusterIPs', 'spec.ipFamilies', 'spec.ipFamilyPolicy'],
  // Of a type that was chosen at birth nothing can change.
  Secret: ['type'],
}

/** Whether a field of such an object stays when the original operator goes and we do not want it. */
export const isChosenByOthers = (kind: string, path: string): boolean =>
  (CHOSEN_BY_OTHERS[kind] ?? []).includes(path)
