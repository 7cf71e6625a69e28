import { isJsonObject, type Json, type JsonObject, type KubeObject, objectsOf } from '../../model'
import { keyOfObject, madeBy, stored, without, withObject, type World } from './world'

/** What the rest of a cluster does, besides the operator: one step of everybody. */
export type Controllers = (world: World) => World

const objectAt = (value: Json | undefined): JsonObject => (isJsonObject(value) ? value : {})

const ofKind = (world: World, kind: string): ReadonlyArray<KubeObject> =>
  [...world.values()].filter((object) => object.kind === kind)

const changed = (world: World, objects: ReadonlyArray<KubeObject>): World =>
  objects.reduce((now, object) => {
    const before = now.get(keyOfObject(object))
    return withObject(now, stored(object, before))
  }, world)

const SERVING_CERTIFICATE = /^service[.](alpha|beta)[.]openshift[.]io\/serving-cert-secret-name$/
const SERVICE_CA = '-----BEGIN CERTIFICATE-----\nservice-ca\n-----END CERTIFICATE-----\n'

/** service-ca: certificates for the Services that ask for one, and its authority for who asks for that. */
const serviceCa: Controllers = (world) => {
  const secrets = ofKind(world, 'Service').flatMap(({ metadata }) =>
    Object.entries(metadata.annotations ?? {})
      .filter(([key]) => SERVING_CERTIFICATE.test(key))
      .map(([, name]): KubeObject => ({
        apiVersion: 'v1',
        kind: 'Secret',
        type: 'kubernetes.io/tls',
        metadata: {
          name,
          namespace: metadata.namespace ?? '',
          ownerReferences: [{ kind: 'Service', name: metadata.name }],
        },
        data: { 'tls.crt': 'Y3J0', 'tls.key': 'a2V5' },
      })),
  )
  const bundles = ofKind(world, 'ConfigMap')
    .filter(({ metadata, data }) => {
      const isAsked = metadata.annotations?.['service.beta.openshift.io/inject-cabundle'] === 'true'
      return isAsked && objectAt(data)['service-ca.crt'] === undefined
    })
    .map((bundle) => ({ ...bundle, data: { 'service-ca.crt': SERVICE_CA } }))
  const missing = secrets.filter((secret) => !world.has(keyOfObject(secret)))
  return changed(
    missing.reduce((now, secret) => withObject(now, madeBy('service-ca', secret)), world),
    bundles,
  )
}

/** What somebody owns goes with him. */
const garbageCollector: Controllers = (world) =>
  [...world.values()].reduce((now, object) => {
    const owners = objectsOf(object.metadata['ownerReferences'])
    const isOrphan = owners.some(
      ({ kind, name }) =>
        ![...world.values()].some((other) => other.kind === kind && other.metadata.name === name),
    )
    return isOrphan ? without(now, keyOfObject(object)) : now
  }, world)

/** The router: every Route is admitted, under a host of its own if it has none. */
const router: Controllers = (world) =>
  changed(
    world,
    ofKind(world, 'Route').map((route) => {
      const { name, namespace } = route.metadata
      const { host = `${name}-${namespace}.apps.example.com` } = objectAt(route['spec'])
      return {
        ...route,
        spec: { ...objectAt(route['spec']), host },
        status: {
          ingress: [
            { host, routerName: 'default', conditions: [{ type: 'Admitted', status: 'True' }] },
          ],
        },
      }
    }),
  )

/** Every node that does not say otherwise is like these of the real tests. */
const labelsOfNode = ({ metadata }: KubeObject): JsonObject => ({
  'kubernetes.io/hostname': metadata.name,
  'kubernetes.io/os': 'linux',
  'kubernetes.io/arch': 'amd64',
  'node-role.kubernetes.io/worker': '',
  ...metadata.labels,
})

const nodes: Controllers = (world) =>
  changed(
    world,
    ofKind(world, 'Node').map((node) => ({
      ...node,
      // Labels are texts.
      metadata: { ...node.metadata, labels: labelsOfNode(node) as Record<string, string> },
    })),
  )

/** Whether there is a node where the pods may be. */
const fits = (world: World, { spec }: KubeObject): boolean => {
  const { nodeSelector } = objectAt(objectAt(objectAt(spec)['template'])['spec'])
  return ofKind(world, 'Node').some((node) =>
    Object.entries(objectAt(nodeSelector)).every(
      ([key, value]) => labelsOfNode(node)[key] === value,
    ),
  )
}

const rolledOut =
  (world: World) =>
  (deployment: KubeObject): KubeObject => {
    const { replicas: wanted } = objectAt(deployment['spec'])
    const replicas = typeof wanted === 'number' ? wanted : 1
    const isRunning = fits(world, deployment)
    const counts = { replicas, updatedReplicas: replicas }
    const running = { readyReplicas: replicas, availableReplicas: replicas }
    const progressing = {
      type: 'Progressing',
      status: 'True',
      reason: isRunning ? 'NewReplicaSetAvailable' : 'ReplicaSetUpdated',
      lastUpdateTime: '2026-01-01T00:00:00Z',
    }
    return {
      ...deployment,
      status: {
        observedGeneration: deployment.metadata.generation ?? 0,
        ...(replicas === 0 ? {} : { ...counts, ...(isRunning ? running : {}) }),
        conditions: [progressing],
      },
    }
  }

const onEveryNode =
  (world: World) =>
  (daemonSet: KubeObject): KubeObject => {
    const count = ofKind(world, 'Node').length
    return {
      ...daemonSet,
      status: {
        observedGeneration: daemonSet.metadata.generation ?? 0,
        desiredNumberScheduled: count,
        currentNumberScheduled: count,
        updatedNumberScheduled: count,
        numberAvailable: count,
        numberReady: count,
        numberMisscheduled: 0,
      },
    }
  }

const workloads: Controllers = (world) =>
  changed(world, [
    ...ofKind(world, 'Deployment').map(rolledOut(world)),
    ...ofKind(world, 'DaemonSet').map(onEveryNode(world)),
  ])

/** Everybody at once: what they come to in the end, without the time that it takes them. */
export const controllers: Controllers = (world) =>
  [nodes, serviceCa, garbageCollector, router, workloads].reduce((now, step) => step(now), world)
