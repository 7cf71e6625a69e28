import { type KubeObject, names } from '../model'
import { namespacedBinding, namespacedRole } from './rbac'

/** Lets the pods that put authorities onto the nodes be privileged: they write to a folder of the host. */
export const nodeCaRole: ReadonlyArray<KubeObject> = [
  namespacedRole(names.NODE_CA_NAME, [
    {
      group: 'security.openshift.io',
      resources: ['securitycontextconstraints'],
      resourceNames: ['privileged'],
      verbs: ['use'],
    },
  ]),
  namespacedBinding(names.NODE_CA_NAME, {
    name: names.NODE_CA_NAME,
    namespace: names.REGISTRY_NAMESPACE,
  }),
]
