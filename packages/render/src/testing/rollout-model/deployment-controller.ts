import type { DeploymentSpec } from './scenario'
import {
  countOf,
  replicasOf,
  type ReplicaSet,
  type Scene,
  type Template,
  TEMPLATES,
  withPair,
} from './scene'

/** What one look of the controller goes by: the Deployment, and how many pods are available. */
type Look = {
  readonly scene: Scene
  readonly spec: DeploymentSpec
  readonly old: Template
}

/** As many pods as there may be at once, beyond those that are wanted; none where all old ones go first. */
const surgeOf = ({ rolling }: DeploymentSpec): number => rolling?.maxSurge ?? 0

/** No more can be missing than are wanted. */
const minAvailableOf = ({ replicas, rolling }: DeploymentSpec): number =>
  replicas - Math.min(rolling?.maxUnavailable ?? 0, replicas)

const sizeOf = ({ sets }: Scene, template: Template): number => sets[template]?.replicas ?? 0

const totalOf = (scene: Scene): number => sizeOf(scene, 0) + sizeOf(scene, 1)

const availableOf = (scene: Scene, template: Template): number =>
  countOf(scene, template, 'available')

const sized = ({ replicas }: DeploymentSpec, surge: number, size: number): ReplicaSet => ({
  replicas: size,
  desired: replicas,
  most: replicas + surge,
})

const withSize = (
  scene: Scene,
  spec: DeploymentSpec,
  [template, size]: readonly [Template, number],
): Scene => ({
  ...scene,
  sets: withPair(scene.sets, template, sized(spec, surgeOf(spec), size)),
})

/** A size that is right already is not written, and then the annotations stay as they are. */
const resized = (scene: Scene, spec: DeploymentSpec, to: readonly [Template, number]): Scene =>
  sizeOf(scene, to[0]) === to[1] ? scene : withSize(scene, spec, to)

/**
 * One look of the controller of Deployments, as Kubernetes 1.35 has it (`pkg/controller/deployment`: `sync.go`,
 * `rolling.go`, `recreate.go`). What it reads of pods is never old here.
 */
export const afterLook = (scene: Scene, spec: DeploymentSpec): Scene => {
  const look = { scene, spec, old: spec.template === 0 ? 1 : 0 } as const
  return { ...next(look), isSeen: true }
}

/** A look that only deals with a change of size tells nothing about progress. */
export const isScaling = (scene: Scene, spec: DeploymentSpec): boolean =>
  activeOf(scene).some((template) => scene.sets[template]?.desired !== spec.replicas)

const next = (look: Look): Scene => {
  if (isScaling(look.scene, look.spec)) return scaled(look)
  return look.spec.rolling === undefined ? recreated(look) : rolled(look)
}

const activeOf = (scene: Scene): ReadonlyArray<Template> =>
  TEMPLATES.filter((template) => sizeOf(scene, template) > 0)

/** The only ReplicaSet with pods takes all of a change of size, even if it is the old one; several share it. */
const scaled = ({ scene, spec, old }: Look): Scene => {
  const active = activeOf(scene)
  const [only] = active
  if (only !== undefined && active.length === 1) return resized(scene, spec, [only, spec.replicas])
  if (isSaturated(scene, spec)) return resized(scene, spec, [old, 0])
  return spec.rolling === undefined ? scene : shared(scene, spec, active)
}

const isSaturated = (scene: Scene, { template, replicas }: DeploymentSpec): boolean =>
  scene.sets[template]?.replicas === replicas &&
  scene.sets[template].desired === replicas &&
  availableOf(scene, template) === replicas

const shared = (scene: Scene, spec: DeploymentSpec, active: ReadonlyArray<Template>): Scene => {
  const allowed = spec.replicas > 0 ? spec.replicas + surgeOf(spec) : 0
  const toAdd = allowed - totalOf(scene)
  const inOrder = [...active].sort(
    (a, b) =>
      sizeOf(scene, b) - sizeOf(scene, a) || (toAdd > 0 ? byAge(scene)(a, b) : byAge(scene)(b, a)),
  )
  const { parts, added } = inOrder.reduce(
    (sum, template) => {
      const part = shareOf(scene, spec, { template, toAdd, left: toAdd - sum.added })
      return { parts: [...sum.parts, part], added: sum.added + part }
    },
    { parts: [] as ReadonlyArray<number>, added: 0 },
  )
  return inOrder.reduce((after, template, index) => {
    const leftover = index === 0 ? toAdd - added : 0
    const size = Math.max(0, sizeOf(scene, template) + (parts[index] ?? 0) + leftover)
    return withSize(after, spec, [template, size])
  }, scene)
}

/** The newer first. */
const byAge =
  ({ newest }: Scene) =>
  (a: Template, b: Template): number =>
    Number(b === newest) - Number(a === newest)

const shareOf = (
  scene: Scene,
  spec: DeploymentSpec,
  given: { readonly template: Template; readonly toAdd: number; readonly left: number },
): number => {
  const { template, toAdd, left } = given
  const size = sizeOf(scene, template)
  if (size === 0 || toAdd === 0 || left === 0) return 0
  const before = scene.sets[template]?.most ?? 0
  const fraction =
    spec.replicas === 0
      ? -size
      : Math.round((size * (spec.replicas + surgeOf(spec))) / before) - size
  return toAdd > 0 ? Math.min(fraction, left) : Math.max(fraction, left)
}

/** A new ReplicaSet begins with as many pods as there may be. */
const withNewSet = (scene: Scene, spec: DeploymentSpec): Scene =>
  scene.sets[spec.template] === undefined
    ? {
        ...withSize(scene, spec, [spec.template, newSizeOf(scene, spec)]),
        newest: spec.template,
      }
    : scene

const newSizeOf = (scene: Scene, spec: DeploymentSpec): number => {
  const { template, replicas } = spec
  const size = sizeOf(scene, template)
  const room = replicas + surgeOf(spec) - totalOf(scene)
  return room <= 0 ? size : size + Math.min(room, replicas - size)
}

const rolled = ({ scene, spec, old }: Look): Scene => {
  const begun = withNewSet(scene, spec)
  const size = sizeOf(begun, spec.template)
  const wanted = size > spec.replicas ? spec.replicas : newSizeOf(begun, spec)
  if (size !== wanted) return withSize(begun, spec, [spec.template, wanted])
  return withFewerOld(begun, spec, old)
}

/** First the old pods that serve nobody, then as many of the others as may be missing. */
const withFewerOld = (scene: Scene, spec: DeploymentSpec, old: Template): Scene => {
  const size = sizeOf(scene, old)
  const minAvailable = minAvailableOf(spec)
  const newMissing = sizeOf(scene, spec.template) - availableOf(scene, spec.template)
  const mayGo = totalOf(scene) - minAvailable - newMissing
  if (size === 0 || mayGo <= 0) return scene
  // Some of them are about to go: the controller waits, for it cannot tell yet how many serve.
  if (availableOf(scene, old) > size) return scene
  const idle = Math.max(0, Math.min(mayGo, size - availableOf(scene, old)))
  const spare = availableOf(scene, 0) + availableOf(scene, 1) - minAvailable
  const left = size - idle
  return resized(scene, spec, [old, left - Math.max(0, Math.min(left, spare))])
}

const recreated = ({ scene, spec, old }: Look): Scene => {
  if (sizeOf(scene, old) > 0) return withSize(scene, spec, [old, 0])
  if (replicasOf(scene, old) + countOf(scene, old, 'going') > 0) return scene
  const isNew = scene.sets[spec.template] === undefined
  const after = isNew ? { ...scene, newest: spec.template } : scene
  return isNew
    ? withSize(after, spec, [spec.template, spec.replicas])
    : resized(after, spec, [spec.template, spec.replicas])
}
