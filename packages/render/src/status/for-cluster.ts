import type { Condition } from '../model'
import { MINIMUM, READY } from './available'
import { AT_REST, ROLLING_OUT } from './progressing'

/**
 * What of the Config's conditions concerns the cluster. Pods that are replaced while others serve do not, nor does how
 * many of them there are: the Config tells that. They do while the cluster waits for the registry: for a version of
 * it, or for a registry at all.
 */
export const forCluster = (
  conditions: ReadonlyArray<Condition>,
  { awaitsVersion }: { readonly awaitsVersion: boolean },
): ReadonlyArray<Condition> => {
  const serves = conditions.some(({ type, status }) => type === 'Available' && status === 'True')
  return conditions.map((condition) => {
    switch (condition.type) {
      case 'Available':
        return serves && condition.reason === MINIMUM.reason ? READY : condition
      case 'Progressing':
        return serves && !awaitsVersion && condition.reason === ROLLING_OUT.reason
          ? AT_REST
          : condition
      default:
        return condition
    }
  })
}
