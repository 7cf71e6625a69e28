/** The pod template of before, or the one of after; both the first one where nothing of the pods changes. */
export type Template = 0 | 1

/** What there is of the pods of one template on one node. */
export type Pods = {
  /** Bound to the node, and not available: pulling, waiting for its volume, or failing. */
  readonly starting: number
  readonly available: number
  /** Told to go, and still there. */
  readonly going: number
}

export type Node = {
  /** Being drained: nothing new may come. */
  readonly isCordoned: boolean
  /** The volume that only one node mounts is on it. */
  readonly hasVolume: boolean
  readonly pods: readonly [Pods, Pods]
}

/** A ReplicaSet; `desired` and `most` are the annotations that the controller of Deployments leaves on it. */
export type ReplicaSet = {
  readonly replicas: number
  readonly desired: number
  readonly most: number
}

/**
 * One moment of a rollout. Nodes are alike, so they stand in an order that means nothing, and one moment stands for all
 * that differ by the names of nodes.
 */
export type Scene = {
  /** Which Config people have made: the one of before, or the one of after. */
  readonly wish: 0 | 1
  /** Which of the Deployments that the operator writes is there. */
  readonly spec: number
  /** The controller of Deployments has looked at it. */
  readonly isSeen: boolean
  readonly sets: readonly [ReplicaSet | undefined, ReplicaSet | undefined]
  /** Whose ReplicaSet was made last. */
  readonly newest: Template
  /** Pods that no node has been found for yet. */
  readonly pending: readonly [number, number]
  readonly nodes: ReadonlyArray<Node>
}

export const TEMPLATES: ReadonlyArray<Template> = [0, 1]

const keyOfNode = ({ isCordoned, hasVolume, pods: [a, b] }: Node): string =>
  `${isCordoned ? 'c' : ''}${hasVolume ? 'v' : ''}${a.starting}${a.available}${a.going}${b.starting}${b.available}${b.going}`

const keyOfSet = (set: ReplicaSet | undefined): string =>
  set === undefined ? '-' : `${set.replicas}${set.desired}${set.most}`

/** Moments with the same key are the same. All counts are below ten. */
export const keyOfScene = (scene: Scene): string => {
  const { wish, spec, isSeen, sets, newest, pending, nodes } = scene
  return `${wish}${spec}${isSeen ? 's' : 'u'}${keyOfSet(sets[0])}/${keyOfSet(sets[1])}/${newest}${pending[0]}${pending[1]} ${nodes.map(keyOfNode).sort().join(' ')}`
}

export const withPair = <Value>(
  pair: readonly [Value, Value],
  template: Template,
  value: Value,
): readonly [Value, Value] => (template === 0 ? [value, pair[1]] : [pair[0], value])

/** The scene with another number of pods of a template on a node. */
export const withPods = (
  scene: Scene,
  node: number,
  template: Template,
  change: Partial<Pods>,
): Scene => ({
  ...scene,
  nodes: scene.nodes.map((one, index) =>
    index === node
      ? { ...one, pods: withPair(one.pods, template, { ...one.pods[template], ...change }) }
      : one,
  ),
})

export const withNode = (
  scene: Scene,
  node: number,
  change: Partial<Omit<Node, 'pods'>>,
): Scene => ({
  ...scene,
  nodes: scene.nodes.map((one, index) => (index === node ? { ...one, ...change } : one)),
})

/** How many pods of a template there are of a sort, on all nodes. */
export const countOf = ({ nodes }: Scene, template: Template, sort: keyof Pods): number =>
  nodes.reduce((sum, { pods }) => sum + pods[template][sort], 0)

/** What a ReplicaSet counts as its replicas: pods that go do not count. */
export const replicasOf = (scene: Scene, template: Template): number =>
  scene.pending[template] +
  countOf(scene, template, 'starting') +
  countOf(scene, template, 'available')

export const availableIn = (scene: Scene): number =>
  countOf(scene, 0, 'available') + countOf(scene, 1, 'available')
