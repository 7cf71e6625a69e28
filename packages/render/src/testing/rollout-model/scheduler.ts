import type { PodKind } from './scenario'
import { type Node, type Scene, type Template, TEMPLATES, withPair, withPods } from './scene'

type Kinds = readonly [PodKind, PodKind]

const MOST_SKEW = 1

/** Pods that go are on their node until they have gone. */
const isThere = ({ pods }: Node, template: Template): boolean =>
  pods[template].starting + pods[template].available + pods[template].going > 0

/** A pod that keeps apart keeps others off as well. */
const hasRoom = (node: Node, template: Template, kinds: Kinds): boolean =>
  !TEMPLATES.some(
    (other) => isThere(node, other) && (kinds[template].isApart || kinds[other].isApart),
  )

/** For an even spread, pods that go do not count, and nodes that are drained are none. */
const countFor = ({ pods }: Node, template: Template): number =>
  pods[template].starting + pods[template].available

const isEven = (scene: Scene, node: Node, template: Template): boolean => {
  const counts = scene.nodes
    .filter(({ isCordoned }) => !isCordoned)
    .map((one) => countFor(one, template))
  return countFor(node, template) + 1 - Math.min(...counts) <= MOST_SKEW
}

/** Where the scheduler may put the next pod of a template: one scene for each node. */
export const afterScheduling = (
  scene: Scene,
  template: Template,
  kinds: Kinds,
): ReadonlyArray<Scene> => {
  if (scene.pending[template] === 0) return []
  const waiting = {
    ...scene,
    pending: withPair(scene.pending, template, scene.pending[template] - 1),
  }
  return scene.nodes.flatMap((node, index) =>
    !node.isCordoned &&
    hasRoom(node, template, kinds) &&
    (!kinds[template].isSpread || isEven(scene, node, template))
      ? [withPods(waiting, index, template, { starting: node.pods[template].starting + 1 })]
      : [],
  )
}
