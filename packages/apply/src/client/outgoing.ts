import { refOf, type KubeObject, type ObjectRef } from '@image-registry-operator/render/model'

import type { Outgoing } from './http-exchange'
import type {
  ApplyRequest,
  Collection,
  LogRequest,
  PatchRequest,
  RemoveRequest,
  WatchRequest,
} from './kube-client'
import { collectionPath, objectPath, parentPath, query, selectors } from './resource-path'

const JSON_TYPE = 'application/json'
const METADATA_LIST = `${JSON_TYPE};as=PartialObjectMetadataList;g=meta.k8s.io;v=v1`
const METADATA = `${JSON_TYPE};as=PartialObjectMetadata;g=meta.k8s.io;v=v1`
const DISCOVERY = ['v2', 'v2beta1']
  .map((version) => `${JSON_TYPE};g=apidiscovery.k8s.io;v=${version};as=APIGroupDiscoveryList`)
  .concat(JSON_TYPE)
  .join(',')

const withBody = (body: unknown, contentType: string): Pick<Outgoing, 'body' | 'headers'> => ({
  body: JSON.stringify(body),
  headers: { 'Content-Type': contentType },
})

export const applyOutgoing = ({
  object,
  fieldManager,
  force,
  subresource,
}: ApplyRequest): Outgoing => ({
  method: 'PATCH',
  path:
    objectPath(refOf(object)) +
    (subresource === undefined ? '' : `/${subresource}`) +
    query({ fieldManager, force: String(force) }),
  // JSON is YAML; the API server knows this patch by its media type only.
  ...withBody(object, 'application/apply-patch+yaml'),
})

export const patchOutgoing = ({ ref, operations, fieldManager }: PatchRequest): Outgoing => ({
  method: 'PATCH',
  path: objectPath(ref) + query({ fieldManager }),
  ...withBody(operations, 'application/json-patch+json'),
})

export const removeOutgoing = (request: RemoveRequest): Outgoing => ({
  method: 'DELETE',
  path: objectPath(request.ref),
  ...withBody(
    {
      apiVersion: 'v1',
      kind: 'DeleteOptions',
      propagationPolicy: request.propagation,
      preconditions: { uid: request.uid, resourceVersion: request.resourceVersion },
    },
    JSON_TYPE,
  ),
})

export const listOutgoing = (collection: Collection): Outgoing => ({
  method: 'GET',
  path: collectionPath(collection) + query(selectors(collection)),
  headers: { Accept: collection.metadataOnly === true ? METADATA_LIST : JSON_TYPE },
})

const startOf = (from: WatchRequest['from']): { readonly [name: string]: string } =>
  from._tag === 'InitialEvents'
    ? { sendInitialEvents: 'true', resourceVersionMatch: 'NotOlderThan' }
    : { resourceVersion: from.resourceVersion }

export const watchOutgoing = ({ collection, timeoutSeconds, from }: WatchRequest): Outgoing => ({
  method: 'GET',
  path:
    collectionPath(collection) +
    query({
      ...selectors(collection),
      watch: 'true',
      allowWatchBookmarks: 'true',
      timeoutSeconds: String(timeoutSeconds),
      ...startOf(from),
    }),
  headers: { Accept: collection.metadataOnly === true ? METADATA : JSON_TYPE },
})

export const readOutgoing = (ref: ObjectRef): Outgoing => ({
  method: 'GET',
  path: objectPath(ref),
  headers: {},
})

export const logOutgoing = ({ pod, container, limitBytes }: LogRequest): Outgoing => ({
  method: 'GET',
  path: `${objectPath(pod)}/log${query({ container, limitBytes: String(limitBytes) })}`,
  headers: {},
})

export const createOutgoing = (object: KubeObject): Outgoing => ({
  method: 'POST',
  path: parentPath(object),
  ...withBody(object, JSON_TYPE),
})

export const replaceOutgoing = (object: KubeObject): Outgoing => ({
  method: 'PUT',
  path: objectPath(refOf(object)),
  ...withBody(object, JSON_TYPE),
})

export const discoverOutgoing: Outgoing = {
  method: 'GET',
  path: '/apis',
  headers: { Accept: DISCOVERY },
}

/** With what every request says. */
export const signedBy =
  (userAgent: string) =>
  (outgoing: Outgoing): Outgoing => ({
    ...outgoing,
    headers: { Accept: JSON_TYPE, ...outgoing.headers, 'User-Agent': userAgent },
  })
