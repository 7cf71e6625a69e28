import { podsInTheWay } from '../../decode/rollout/pods-in-the-way'
import {
  type Config,
  isJsonObject,
  type Json,
  type JsonObject,
  type KubeObject,
  names,
  objectsOf,
} from '../../model'
import { aConfig } from '../a-config'
import { desiredOf } from '../desired-objects'
import { renderConfig } from '../render-config'
import { someContent, someFacts } from '../some-facts'
import { anS3Bucket } from '../some-storage'
import type { Played } from './moves'
import type { DeploymentSpec, PodKind, Scenario } from './scenario'
import { availableIn, replicasOf, type Scene, type Template } from './scene'

const objectAt = (value: Json | undefined): JsonObject => (isJsonObject(value) ? value : {})
const numberAt = (value: Json | undefined): number => (typeof value === 'number' ? value : 0)

const APART: JsonObject = {
  podAntiAffinity: {
    requiredDuringSchedulingIgnoredDuringExecution: [
      {
        labelSelector: { matchLabels: { 'docker-registry': 'default' } },
        topologyKey: 'kubernetes.io/hostname',
      },
    ],
  },
}

/** People who would rather have pods apart, and do not insist. */
const RATHER_APART: JsonObject = {
  podAntiAffinity: {
    preferredDuringSchedulingIgnoredDuringExecution: [
      {
        weight: 100,
        podAffinityTerm: {
          labelSelector: { matchLabels: { 'docker-registry': 'default' } },
          topologyKey: 'kubernetes.io/hostname',
        },
      },
    ],
  },
}

const ONE_NODE = 'one-node'
const claim = (name: string) =>
  ({ storage: { _tag: 'Pvc', claim: name, origin: 'named' } }) as const

const BUCKET = { storage: anS3Bucket(), storageManagement: 'Unmanaged' } as const

const KEYS = someContent('Secret', names.USER_CREDENTIALS_SECRET, {
  REGISTRY_STORAGE_S3_ACCESSKEY: 'id',
  REGISTRY_STORAGE_S3_SECRETKEY: 'secret',
})

const facts = (isInTheWay: boolean) =>
  someFacts({
    podsInTheWay: isInTheWay,
    contents: [...someFacts().contents, KEYS],
    nodeTopologyLabels: [names.HOST_LABEL, names.WORKER_LABEL],
    claims: [
      { name: ONE_NODE, accessModes: ['ReadWriteOnce'], ours: false },
      { name: 'shared', accessModes: ['ReadWriteMany'], ours: false },
    ],
  })

/** The Deployment that is rendered, and what matters of it and of the budget of its pods. */
type Written = {
  readonly deployment: KubeObject
  readonly template: string
  readonly kind: PodKind
  readonly spec: Omit<DeploymentSpec, 'template'>
  readonly isMakingRoom: boolean
}

const written = (config: Config, isInTheWay: boolean): Written | undefined => {
  const desired = renderConfig(config, facts(isInTheWay))
  const deployment = desiredOf(desired, 'Deployment')?.object
  if (deployment === undefined) return undefined
  const budget = objectAt(desiredOf(desired, 'PodDisruptionBudget')?.object['spec'])
  const { replicas, strategy, template } = objectAt(deployment['spec'])
  const count = numberAt(replicas)
  return {
    deployment,
    template: JSON.stringify(template),
    kind: kindOf(objectAt(template)),
    spec: {
      replicas: count,
      ...rollingOf(objectAt(strategy), count),
      minAvailable: numberAt(budget['minAvailable']),
    },
    isMakingRoom: deployment.metadata.annotations?.[names.MAKES_ROOM_ANNOTATION] !== undefined,
  }
}

/** What is written for a Config ordinarily, and with pods in the way. */
export type Wish = readonly [Written, Written]

const wishOf = (config: Config): ReadonlyArray<Wish> => {
  const [ordinary, inTheWay] = [false, true].map((isInTheWay) => written(config, isInTheWay))
  return ordinary === undefined || inTheWay === undefined ? [] : [[ordinary, inTheWay]]
}

/** What people can say of how many pods there are, where they are and on what. */
export type Choices = {
  readonly replicas: ReadonlyArray<number>
  readonly strategies: ReadonlyArray<Config['rolloutStrategy']>
}

/** Every Config of these choices of which a Deployment can be rendered, with something else in its pods as well. */
export const wishes = ({ replicas, strategies }: Choices): ReadonlyArray<Wish> =>
  [{}, claim('shared'), claim(ONE_NODE), BUCKET]
    .flatMap((storage) =>
      [{}, { affinity: APART }, { affinity: RATHER_APART }].map((one) => ({ ...storage, ...one })),
    )
    .flatMap((one) => replicas.map((count) => ({ ...one, replicas: count })))
    .flatMap((one) => strategies.map((rolloutStrategy) => ({ ...one, rolloutStrategy })))
    .flatMap((one) => [one, { ...one, registryLogLevel: 'debug' as const }])
    .map(aConfig)
    .flatMap(wishOf)

const kindOf = (template: JsonObject): PodKind => {
  const spec = objectAt(template['spec'])
  const { podAntiAffinity } = objectAt(spec['affinity'])
  const required = objectAt(podAntiAffinity)['requiredDuringSchedulingIgnoredDuringExecution']
  return {
    isApart: objectsOf(required).length > 0,
    isSpread: objectsOf(spec['topologySpreadConstraints']).some(
      ({ topologyKey }) => topologyKey === names.HOST_LABEL,
    ),
    isOnOneNode: JSON.stringify(spec['volumes']).includes(`"${ONE_NODE}"`),
  }
}

/**
 * As Kubernetes documents it (`RollingUpdateDeployment` of `apps/v1`): a percentage of the surge is rounded up, one of the
 * unavailable down.
 */
const resolved = (
  value: Json | undefined,
  replicas: number,
  round: (n: number) => number,
): number =>
  typeof value === 'string' ? round((Number.parseInt(value) * replicas) / 100) : numberAt(value)

const rollingOf = (strategy: JsonObject, replicas: number): Pick<DeploymentSpec, 'rolling'> => {
  if (strategy['type'] === 'Recreate') return {}
  const { maxSurge, maxUnavailable } = objectAt(strategy['rollingUpdate'])
  return {
    rolling: {
      maxSurge: resolved(maxSurge, replicas, Math.ceil),
      maxUnavailable: resolved(maxUnavailable, replicas, Math.floor),
    },
  }
}

/** A change from one Config to another, with the Deployments that are rendered for it. */
export type Change = {
  readonly scenario: Omit<Scenario, 'nodes'>
  readonly deployments: ReadonlyArray<KubeObject>
}

const changeOf = (before: Wish, after: Wish): Change => {
  const isSame = before[0].template === after[0].template
  const places = [...before, ...after].map((one, index) => {
    const spec: DeploymentSpec = { ...one.spec, template: index < 2 || isSame ? 0 : 1 }
    return { one, spec, key: JSON.stringify([spec, one.isMakingRoom]) }
  })
  const keys = [...new Set(places.map(({ key }) => key))]
  const distinct = keys.flatMap((key) => places.filter((place) => place.key === key).slice(0, 1))
  const [a = 0, b = 0, c = 0, d = 0] = places.map(({ key }) => keys.indexOf(key))
  return {
    scenario: {
      kinds: [before[0].kind, after[0].kind],
      specs: distinct.map(({ spec }) => spec),
      wishes: [
        [a, b],
        [c, d],
      ],
    },
    deployments: distinct.map(({ one }) => one.deployment),
  }
}

/** Every change from one of these to another or to itself; those that come to the same for a rollout stand there once. */
export const changesAmong = (all: ReadonlyArray<Wish>): ReadonlyArray<Change> => {
  const changes = all.flatMap((before) => all.map((after) => changeOf(before, after)))
  return [...new Map(changes.map((one) => [JSON.stringify(one.scenario), one])).values()]
}

/** The Deployment as it is live in a scene, of the generation 2 once it has been seen. */
const live = (deployment: KubeObject, scene: Scene, template: Template): KubeObject => ({
  ...deployment,
  metadata: { ...deployment.metadata, generation: 2 },
  status: {
    observedGeneration: scene.isSeen ? 2 : 1,
    replicas: replicasOf(scene, 0) + replicasOf(scene, 1),
    updatedReplicas: replicasOf(scene, template),
    availableReplicas: availableIn(scene),
  },
})

/** A change on so many nodes, with the operator deciding by what it really reads off a Deployment. */
export const played = (
  { scenario, deployments }: Change,
  nodes: number,
  accidents: Played['accidents'] = [],
): Played => {
  const known = new Map<string, boolean>()
  const isInTheWay = (scene: Scene): boolean => {
    const deployment = deployments[scene.spec]
    const template = scenario.specs[scene.spec]?.template ?? 0
    if (deployment === undefined) return false
    const key = JSON.stringify([
      scene.spec,
      scene.isSeen,
      replicasOf(scene, 0),
      replicasOf(scene, 1),
      availableIn(scene),
    ])
    const found = known.get(key) ?? podsInTheWay([live(deployment, scene, template)])
    known.set(key, found)
    return found
  }
  return {
    scenario: { ...scenario, nodes },
    accidents,
    wanted: (scene) => scenario.wishes[scene.wish][isInTheWay(scene) ? 1 : 0],
  }
}
