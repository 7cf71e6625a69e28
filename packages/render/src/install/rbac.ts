import { type JsonArray, type KubeObject, names } from '../model'
import { toPolicyRule, type PolicyRule } from './policy-rule'
import { releaseAnnotations } from './release-annotations'

const RBAC = 'rbac.authorization.k8s.io'

/** A ServiceAccount that is allowed something. */
export type Subject = { readonly name: string; readonly namespace: string }

type Scoped = { readonly name: string; readonly namespace?: string }

const metadata = (scoped: Scoped): KubeObject['metadata'] => ({
  ...scoped,
  annotations: releaseAnnotations,
})

const binding = (scoped: Scoped, role: string, subject: Subject): KubeObject => {
  const prefix = scoped.namespace === undefined ? 'Cluster' : ''
  return {
    apiVersion: `${RBAC}/v1`,
    kind: `${prefix}RoleBinding`,
    metadata: metadata(scoped),
    roleRef: { apiGroup: RBAC, kind: `${prefix}Role`, name: role },
    subjects: [{ kind: 'ServiceAccount', ...subject }],
  }
}

/** What may be done in the whole cluster. `granted` are rules that are there only to be handed on. */
export const clusterRole = (
  name: string,
  rules: ReadonlyArray<PolicyRule>,
  granted: JsonArray = [],
): KubeObject => ({
  apiVersion: `${RBAC}/v1`,
  kind: 'ClusterRole',
  metadata: metadata({ name }),
  rules: [...rules.map(toPolicyRule), ...granted],
})

export const clusterBinding = (name: string, role: string, subject: Subject): KubeObject =>
  binding({ name }, role, subject)

/** What may be done in one namespace: that of the registry, if no other is given. */
export const namespacedRole = (
  name: string,
  rules: ReadonlyArray<PolicyRule>,
  namespace: string = names.REGISTRY_NAMESPACE,
): KubeObject => ({
  apiVersion: `${RBAC}/v1`,
  kind: 'Role',
  metadata: metadata({ name, namespace }),
  rules: rules.map(toPolicyRule),
})

/** Who may do what the Role of the same name says. */
export const namespacedBinding = (
  name: string,
  subject: Subject,
  namespace: string = names.REGISTRY_NAMESPACE,
): KubeObject => binding({ name, namespace }, name, subject)
