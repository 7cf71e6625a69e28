import type { KubeObject } from '../cluster/cluster-client'
import { fieldAt } from '@image-registry-operator/render/testing'

/** True for what a namespace is given again as soon as it is gone. */
export const belongsToNamespace = ({ kind, metadata: { name } }: KubeObject): boolean =>
  (kind === 'ServiceAccount' && name === 'default') ||
  (kind === 'ConfigMap' && name === 'kube-root-ca.crt')

/** True for what `install` printed. */
export const isInstalled = ({ metadata: { managedFields } }: KubeObject): boolean =>
  Array.isArray(managedFields) &&
  managedFields.some((fields) => fieldAt(fields, 'manager') === 'install')

/** True for what service-ca and the controllers of workloads make. */
export const isOwned = ({ metadata: { ownerReferences } }: KubeObject): boolean =>
  Array.isArray(ownerReferences) && ownerReferences.length > 0
