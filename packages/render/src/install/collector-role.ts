import { type KubeObject, names } from '../model'
import { namespacedBinding, namespacedRole } from './rbac'

/**
 * Lets the Jobs that delete garbage see whether the registry takes no pushes any more. They run as the registry, whose identity
 * opens its storage; but the registry's program is given no token with which it could ask.
 */
export const collectorRole: ReadonlyArray<KubeObject> = [
  namespacedRole(names.COLLECTOR_ROLE_NAME, [
    {
      group: 'apps',
      resources: ['deployments'],
      resourceNames: [names.REGISTRY_NAME],
      // A list of the one name.
      verbs: ['list'],
    },
    { group: 'batch', resources: ['jobs'], verbs: ['list'] },
    { group: '', resources: ['pods'], verbs: ['list'] },
  ]),
  namespacedBinding(names.COLLECTOR_ROLE_NAME, {
    name: names.SERVICE_ACCOUNT_NAME,
    namespace: names.REGISTRY_NAMESPACE,
  }),
]
