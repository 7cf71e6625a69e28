import type { KubeObject } from './kube-object'

/** The identity of an object, without its content. `namespace` is absent for cluster-scoped kinds. */
export type ObjectRef = {
  readonly apiVersion: string
  readonly kind: string
  readonly namespace?: string
  readonly name: string
}

export const objectRef = (
  apiVersion: string,
  kind: string,
  name: string,
  namespace?: string,
): ObjectRef =>
  namespace === undefined ? { apiVersion, kind, name } : { apiVersion, kind, namespace, name }

export const refOf = (object: KubeObject): ObjectRef =>
  objectRef(object.apiVersion, object.kind, object.metadata.name, object.metadata.namespace)

/** The API group of an apiVersion; empty for the core group. */
export const groupOf = (apiVersion: string): string =>
  apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : ''

/** A map key. It names the group but not the version: the same object is served under several. */
export const keyOf = ({ apiVersion, kind, namespace, name }: ObjectRef): string =>
  `${kind}.${groupOf(apiVersion)}/${namespace ?? ''}/${name}`

/** How a person reads it: `Secret openshift-config/pull-secret`, `ClusterRole system:registry`. */
export const showRef = ({ kind, namespace, name }: ObjectRef): string =>
  `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`
