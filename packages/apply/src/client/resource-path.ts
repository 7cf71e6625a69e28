import {
  groupOf,
  pluralOf,
  type KubeObject,
  type ObjectRef,
} from '@image-registry-operator/render/model'

import type { Collection } from './kube-client'

/** The resource name of any kind, by the rule that all kinds follow that we meet. */
const plural = (kind: string): string => {
  const word = kind.toLowerCase()
  if (/(s|x|ch|sh)$/.test(word)) return `${word}es`
  return word.endsWith('y') ? `${word.slice(0, -1)}ies` : `${word}s`
}

const versionPath = (apiVersion: string): string =>
  groupOf(apiVersion) === '' ? `/api/${apiVersion}` : `/apis/${apiVersion}`

const namespacePath = (namespace: string | undefined): string =>
  namespace === undefined ? '' : `/namespaces/${encodeURIComponent(namespace)}`

/** The path of a collection, without its selectors. */
export const collectionPath = ({
  apiVersion,
  plural: resource,
  namespace,
}: Pick<Collection, 'apiVersion' | 'plural' | 'namespace'>): string =>
  `${versionPath(apiVersion)}${namespacePath(namespace)}/${resource}`

const resourceOf = ({ apiVersion, kind, namespace }: Omit<ObjectRef, 'name'>): string =>
  collectionPath({
    apiVersion,
    plural: pluralOf(kind) ?? plural(kind),
    ...(namespace === undefined ? {} : { namespace }),
  })

/** The path of the collection that a new object goes to. */
export const parentPath = ({ apiVersion, kind, metadata: { namespace } }: KubeObject): string =>
  resourceOf({ apiVersion, kind, ...(namespace === undefined ? {} : { namespace }) })

export const objectPath = (ref: ObjectRef): string =>
  // Names of RBAC objects hold colons, which may stand in a path as they are.
  `${resourceOf(ref)}/${encodeURIComponent(ref.name).replaceAll('%3A', ':')}`

/** `?a=1&b=2`, or nothing. */
export const query = (parameters: { readonly [name: string]: string }): string => {
  const text = new URLSearchParams({ ...parameters }).toString()
  return text === '' ? '' : `?${text}`
}

/** The selectors of a collection. */
export const selectors = ({ name }: Collection): { readonly [name: string]: string } =>
  name === undefined ? {} : { fieldSelector: `metadata.name=${name}` }
