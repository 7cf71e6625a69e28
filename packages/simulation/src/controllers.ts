import { loaded, type ObjectDatabase } from '@image-registry-operator/apply/testing'
import {
  isJsonObject,
  objectsOf,
  type Json,
  type JsonObject,
  type KubeObject,
} from '@image-registry-operator/render/model'

import { jobDone } from './jobs'
import { pushTo } from './pushes'
import type { Things } from './storages'
import { ingressTaken, routeTaken } from './ways-in'
import type { Actor, World } from './world'

type Resource = Parameters<ObjectDatabase['put']>[0]

const objectAt = (value: Json | undefined): JsonObject => (isJsonObject(value) ? value : {})
const numberAt = (value: Json | undefined): number => (typeof value === 'number' ? value : 0)

const condition = (type: string, status: string, reason: string): JsonObject => ({
  type,
  status,
  reason,
  message: '',
  lastTransitionTime: '2026-01-01T00:00:00Z',
  lastUpdateTime: '2026-01-01T00:00:00Z',
})

/** One step of a rollout: first it is seen, then the pods are there. Undefined: there is nothing to do. */
const rolledOut = (deployment: KubeObject): JsonObject | undefined => {
  const { replicas: wanted = 1 } = objectAt(deployment['spec'])
  const replicas = numberAt(wanted)
  const status = objectAt(deployment['status'])
  const generation = numberAt(deployment.metadata.generation)
  const counts = (ready: number): JsonObject =>
    replicas === 0
      ? {}
      : {
          replicas,
          updatedReplicas: replicas,
          ...(ready === 0 ? {} : { readyReplicas: ready, availableReplicas: ready }),
          ...(ready === replicas ? {} : { unavailableReplicas: replicas - ready }),
        }
  if (numberAt(status['observedGeneration']) !== generation) {
    // Pods of before serve until those of now are ready.
    const ready = Math.min(replicas, numberAt(status['readyReplicas']))
    return {
      observedGeneration: generation,
      ...counts(ready),
      conditions: [
        condition('Progressing', 'True', 'ReplicaSetUpdated'),
        condition('Available', ready > 0 ? 'True' : 'False', 'MinimumReplicas'),
      ],
    }
  }
  const isDone = objectsOf(status['conditions']).some(
    ({ reason }) => reason === 'NewReplicaSetAvailable',
  )
  return isDone
    ? undefined
    : {
        observedGeneration: generation,
        ...counts(replicas),
        conditions: [
          condition('Progressing', 'True', 'NewReplicaSetAvailable'),
          condition('Available', 'True', 'MinimumReplicasAvailable'),
        ],
      }
}

const onEveryNode = (daemonSet: KubeObject, nodes: number): JsonObject | undefined => {
  const generation = numberAt(daemonSet.metadata.generation)
  return numberAt(objectAt(daemonSet['status'])['observedGeneration']) === generation
    ? undefined
    : {
        observedGeneration: generation,
        desiredNumberScheduled: nodes,
        currentNumberScheduled: nodes,
        updatedNumberScheduled: nodes,
        numberAvailable: nodes,
        numberReady: nodes,
        numberMisscheduled: 0,
      }
}

const bound = (claim: KubeObject): JsonObject | undefined => {
  const { accessModes = [], resources } = objectAt(claim['spec'])
  return objectAt(claim['status'])['phase'] === 'Bound'
    ? undefined
    : {
        phase: 'Bound',
        accessModes,
        capacity: objectAt(objectAt(resources)['requests']),
      }
}

const admitted = (route: KubeObject): JsonObject | undefined => {
  const { name, namespace = '' } = route.metadata
  const { host = `${name}-${namespace}.apps.example.com` } = objectAt(route['spec'])
  const [first] = [objectAt(route['status'])['ingress']].flat()
  return objectAt(first)['host'] === host
    ? undefined
    : {
        ingress: [{ host, routerName: 'default', conditions: [condition('Admitted', 'True', '')] }],
      }
}

const SERVING_CERTIFICATE = /^service[.](alpha|beta)[.]openshift[.]io\/serving-cert-secret-name$/

const servingCertificates = ({ metadata }: KubeObject): ReadonlyArray<KubeObject> =>
  Object.entries(metadata.annotations ?? {})
    .filter(([key]) => SERVING_CERTIFICATE.test(key))
    .map(([, name]) => ({
      apiVersion: 'v1',
      kind: 'Secret',
      type: 'kubernetes.io/tls',
      metadata: { name, namespace: metadata.namespace ?? '' },
      data: { 'tls.crt': 'Y3J0', 'tls.key': 'a2V5' },
    }))

const isMissing = (database: ObjectDatabase, { kind, metadata }: KubeObject): boolean => {
  const resource = database.resources().find((one) => one.kind === kind && one.group === '')
  return (
    resource !== undefined &&
    database.find(resource, metadata.namespace ?? '', metadata.name) === undefined
  )
}

/** The next step of whoever looks after an object; gives whether there was one. */
const turn = (database: ObjectDatabase, resource: Resource, object: KubeObject): boolean => {
  const statusBy = {
    Deployment: () => rolledOut(object),
    DaemonSet: () =>
      onEveryNode(object, database.everything().filter(([{ kind }]) => kind === 'Node').length),
    PersistentVolumeClaim: () => bound(object),
    Route: () => admitted(object),
    Ingress: () => ingressTaken(object),
    HTTPRoute: () => routeTaken(object),
    Job: () => jobDone(database, object),
  }
  if (object.kind === 'Service') {
    const missing = servingCertificates(object).filter((secret) => isMissing(database, secret))
    missing.forEach((secret) => loaded(database, secret, 'service-ca'))
    return missing.length > 0
  }
  const status = statusBy[object.kind as keyof typeof statusBy]?.()
  if (status === undefined) return false
  database.put(resource, { ...object, status })
  return true
}

const KINDS = [
  'Deployment',
  'DaemonSet',
  'PersistentVolumeClaim',
  'Route',
  'Service',
  'Ingress',
  'HTTPRoute',
]
/** So long a Job takes. */
const JOB_MS = 30_000
const INJECTED = 'service.beta.openshift.io/inject-cabundle'

const injected = (database: ObjectDatabase, resource: Resource, object: KubeObject): boolean => {
  const isAsked = object.metadata.annotations?.[INJECTED] === 'true'
  if (!isAsked || objectAt(object['data'])['service-ca.crt'] !== undefined) return false
  database.put(resource, {
    ...object,
    data: {
      'service-ca.crt': '-----BEGIN CERTIFICATE-----\nservice-ca\n-----END CERTIFICATE-----\n',
    },
  })
  return true
}

const isUp = ({ kind, metadata, ...object }: KubeObject): boolean =>
  kind === 'Deployment' &&
  metadata.name === 'image-registry' &&
  numberAt(objectAt(object['status'])['availableReplicas']) > 0

/** Everybody else who looks after objects of the cluster: after each change of one, a turn for it. */
export const startControllers = (
  {
    world,
    actor,
    things,
  }: { readonly world: World; readonly actor: Actor; readonly things: Things },
  database: ObjectDatabase,
): void => {
  const waiting = new Set<string>()
  database.subscribe(({ type, resource, object }) => {
    const { name, namespace = '' } = object.metadata
    const isOurs = KINDS.includes(object.kind) || object.kind === 'ConfigMap'
    const key = `${object.kind} ${namespace}/${name}`
    const isJob = object.kind === 'Job'
    if (!(isOurs || isJob) || type === 'DELETED' || waiting.has(key)) return
    waiting.add(key)
    const soon = (run: () => void): void =>
      isJob ? void world.after(actor, JOB_MS, run) : world.pend(actor, '', run)
    soon(() => {
      waiting.delete(key)
      const live = database.find(resource, namespace, name)
      if (live === undefined || live.metadata.deletionTimestamp !== undefined) return
      const done =
        object.kind === 'ConfigMap'
          ? injected(database, resource, live)
          : turn(database, resource, live)
      if (done) world.tell(`controllers: ${object.kind} ${name}`)
      else if (isUp(live)) pushTo(things, live)
    })
  })
}
