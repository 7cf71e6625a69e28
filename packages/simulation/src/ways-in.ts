import {
  isJsonObject,
  objectsOf,
  type JsonObject,
  type KubeObject,
} from '@image-registry-operator/render/model'

const specOf = ({ spec }: KubeObject): JsonObject => (isJsonObject(spec) ? spec : {})
const statusOf = ({ status }: KubeObject): JsonObject => (isJsonObject(status) ? status : {})

/** What an ingress controller says of an Ingress; undefined where it has said so already. */
export const ingressTaken = (ingress: KubeObject): JsonObject | undefined =>
  statusOf(ingress)['loadBalancer'] === undefined
    ? { loadBalancer: { ingress: [{ ip: '192.0.2.1' }] } }
    : undefined

/** What a Gateway says of a route of its own, as it is now; undefined where it has said so already. */
export const routeTaken = (route: KubeObject): JsonObject | undefined => {
  const { generation = 1 } = route.metadata
  const isSaid = objectsOf(statusOf(route)['parents'])
    .flatMap(({ conditions }) => objectsOf(conditions))
    .some(({ observedGeneration }) => observedGeneration === generation)
  const accepted = (type: string): JsonObject => ({
    type,
    status: 'True',
    reason: type,
    message: '',
    observedGeneration: generation,
    lastTransitionTime: '2026-01-01T00:00:00Z',
  })
  return isSaid
    ? undefined
    : {
        parents: objectsOf(specOf(route)['parentRefs']).map((parentRef) => ({
          parentRef,
          controllerName: 'example.com/gateway',
          conditions: ['Accepted', 'ResolvedRefs'].map(accepted),
        })),
      }
}
