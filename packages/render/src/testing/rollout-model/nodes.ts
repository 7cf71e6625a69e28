import { withoutPod } from './replica-set-controller'
import type { Scenario } from './scenario'
import {
  availableIn,
  type Node,
  type Scene,
  type Template,
  TEMPLATES,
  withNode,
  withPods,
} from './scene'

const isEmpty = ({ pods }: Node): boolean =>
  pods.every(({ starting, available, going }) => starting + available + going === 0)

const mounts = ({ kinds }: Scenario, { pods }: Node): boolean =>
  TEMPLATES.some(
    (template) =>
      kinds[template].isOnOneNode &&
      pods[template].starting + pods[template].available + pods[template].going > 0,
  )

const canStart = ({ kinds }: Scenario, node: Node, template: Template): boolean =>
  node.pods[template].starting > 0 && (!kinds[template].isOnOneNode || node.hasVolume)

/** What a kubelet does: pods become available, and those that were told to go are gone. */
export const afterKubelet = (scenario: Scenario, scene: Scene): ReadonlyArray<Scene> =>
  scene.nodes.flatMap((node, index) =>
    TEMPLATES.flatMap((template) => {
      const { starting, available, going } = node.pods[template]
      return [
        ...(canStart(scenario, node, template)
          ? [withPods(scene, index, template, { starting: starting - 1, available: available + 1 })]
          : []),
        ...(going > 0 ? [withPods(scene, index, template, { going: going - 1 })] : []),
      ]
    }),
  )

/** A volume for one node goes to another only after the last pod has left it. */
export const afterVolumes = (scenario: Scenario, scene: Scene): ReadonlyArray<Scene> => {
  const holder = scene.nodes.findIndex(({ hasVolume }) => hasVolume)
  const held = scene.nodes[holder]
  if (held !== undefined)
    return mounts(scenario, held) ? [] : [withNode(scene, holder, { hasVolume: false })]
  return scene.nodes.flatMap((node, index) =>
    mounts(scenario, node) ? [withNode(scene, index, { hasVolume: true })] : [],
  )
}

/** Somebody begins to drain a node, while another one is left. */
export const afterCordon = (scene: Scene): ReadonlyArray<Scene> =>
  scene.nodes.length < 2 || scene.nodes.some(({ isCordoned }) => isCordoned)
    ? []
    : scene.nodes.map((_, index) => withNode(scene, index, { isCordoned: true }))

/**
 * A drain goes on: a pod is evicted, if the budget lets it, which it always does with one that is not available; and the
 * node comes back when it is empty.
 */
export const afterDrain = (
  scene: Scene,
  minAvailable: number,
  leavesTraces: boolean,
): ReadonlyArray<Scene> =>
  scene.nodes.flatMap((node, index) => {
    if (!node.isCordoned) return []
    if (isEmpty(node)) return [withNode(scene, index, { isCordoned: false })]
    const mayInterrupt = availableIn(scene) > minAvailable
    const sorts = mayInterrupt ? (['starting', 'available'] as const) : (['starting'] as const)
    return TEMPLATES.flatMap((template) =>
      sorts
        .filter((sort) => node.pods[template][sort] > 0)
        .map((sort) => withoutPod(scene, { node: index, sort }, { template, leavesTraces })),
    )
  })

/** A container ends, or the node starts anew: the pod stays where it is, and has to become available again. */
export const afterFailure = (scene: Scene): ReadonlyArray<Scene> =>
  scene.nodes.flatMap((node, index) =>
    TEMPLATES.flatMap((template) => {
      const { starting, available } = node.pods[template]
      return available > 0
        ? [withPods(scene, index, template, { starting: starting + 1, available: available - 1 })]
        : []
    }),
  )
