import { keyOfScene, replicasOf, type Scene, type Template, withPair, withPods } from './scene'

/** A pod on a node, of those that a ReplicaSet gives up next. */
type Candidate = { readonly node: number; readonly sort: 'starting' | 'available' }

const withPending = (scene: Scene, template: Template, change: number): Scene => ({
  ...scene,
  pending: withPair(scene.pending, template, scene.pending[template] + change),
})

/**
 * What a ReplicaSet may do next: it makes all pods that it lacks, or gives up all that are too many. Those without a node go
 * first, then those that are not available, then those that share a node with most others; among equals any.
 */
export const afterReplicaSet = (
  scene: Scene,
  template: Template,
  leavesTraces: boolean,
): ReadonlyArray<Scene> => {
  const wanted = scene.sets[template]?.replicas ?? 0
  const tooMany = replicasOf(scene, template) - wanted
  if (tooMany === 0) return []
  if (tooMany < 0) return [withPending(scene, template, -tooMany)]
  const unbound = Math.min(tooMany, scene.pending[template])
  const ranks = scene.nodes.map(
    ({ pods: [a, b] }) => a.starting + a.available + b.starting + b.available,
  )
  return withFewer(withPending(scene, template, -unbound), tooMany - unbound, {
    template,
    ranks,
    leavesTraces,
  })
}

type Choice = {
  readonly template: Template
  /** How many pods were on each node before any of them went. */
  readonly ranks: ReadonlyArray<number>
  readonly leavesTraces: boolean
}

const withFewer = (scene: Scene, count: number, choice: Choice): ReadonlyArray<Scene> => {
  if (count === 0) return [scene]
  const scenes = candidates(scene, choice).flatMap((one) =>
    withFewer(withoutPod(scene, one, choice), count - 1, choice),
  )
  return [...new Map(scenes.map((one) => [keyOfScene(one), one])).values()]
}

const candidates = ({ nodes }: Scene, { template, ranks }: Choice): ReadonlyArray<Candidate> => {
  const found = (['starting', 'available'] as const)
    .map((sort) =>
      nodes.flatMap(({ pods }, node) => (pods[template][sort] > 0 ? [{ node, sort }] : [])),
    )
    .find((all) => all.length > 0)
  const most = Math.max(...(found ?? []).map(({ node }) => ranks[node] ?? 0))
  return (found ?? []).filter(({ node }) => ranks[node] === most)
}

/** A pod that goes is there for a while, unless nothing could tell. */
export const withoutPod = (
  scene: Scene,
  { node, sort }: Candidate,
  { template, leavesTraces }: Pick<Choice, 'template' | 'leavesTraces'>,
): Scene => {
  const pods = scene.nodes[node]?.pods[template]
  if (pods === undefined) return scene
  return withPods(scene, node, template, {
    [sort]: pods[sort] - 1,
    ...(leavesTraces ? { going: pods.going + 1 } : {}),
  })
}
