import { isJsonObject, type KubeObject, objectsOf, textOf } from '../../model'
import { status } from '../../status/status'
import { patchOf } from '../render-config'
import { aPass, aSubject, withStatus } from '../status-fixtures'
import { deploymentAt, type Moment, NODE_CA, outcomeOf } from '../status-trace'
import { afterLook } from './deployment-controller'
import { beginning } from './explored'
import { movesFrom, type Played } from './moves'
import { keyOfReport, NO_REPORT, type Report, reportOn } from './report'
import { keyOfScene, type Scene } from './scene'

/** A scene with what the controller of Deployments has reported of it, and what the operator has said. */
export type Told = { readonly scene: Scene; readonly report: Report; readonly subject: KubeObject }

/** What comes next, and what the pass of the operator did if it was one. */
export type Telling = {
  readonly to: Told
  readonly pass?: { readonly hasNewPods: boolean }
}

/** Of the Deployment. That there may be more of them makes no difference. */
const GENERATION = 5

/** What a Deployment shows of a generation that its controller has seen, or has not seen yet, or of the first one. */
const observedIn = ({ isSeen }: Scene, { reason }: Report): number => {
  if (isSeen) return GENERATION
  return reason === '' ? 0 : GENERATION - 1
}

const written = (sees: Moment, hasNewPods: boolean) => ({
  outcome: outcomeOf({ sees, applied: [hasNewPods ? 'spec.template.spec' : 'spec.replicas'] }),
})

/** One pass of the operator: it writes the Deployment if that has to be another, and then what there is to say. */
const afterPass = (played: Played, { scene, report, subject }: Told): Telling => {
  const { specs } = played.scenario
  const wanted = played.wanted(scene)
  const isWritten = wanted !== scene.spec
  const hasNewPods = isWritten && specs[wanted]?.template !== specs[scene.spec]?.template
  const after = isWritten ? { ...scene, spec: wanted, isSeen: false } : scene
  const sees = {
    ...report,
    generation: GENERATION,
    observed: observedIn(after, report),
    wanted: specs[wanted]?.replicas ?? 0,
  }
  const now = { ...subject, metadata: { ...subject.metadata, generation: 3 + scene.wish } }
  const patch = patchOf(
    status(
      aPass({
        subject: now,
        live: [deploymentAt(sees), NODE_CA],
        ...(isWritten ? written(sees, hasNewPods) : {}),
      }),
    ),
  )
  return {
    to: { scene: after, report, subject: patch === undefined ? now : withStatus(now, patch) },
    pass: { hasNewPods },
  }
}

const afterReport = ({ scenario }: Played, told: Told): ReadonlyArray<Telling> => {
  const spec = scenario.specs[told.scene.spec]
  if (spec === undefined) return []
  const scene = afterLook(told.scene, spec)
  const report = reportOn(told.report, [told.scene, scene], spec)
  return [{ to: { ...told, scene, report } }]
}

/** Subjects that say the same have the same number, which is shorter than what they say. */
const numbering = (): ((told: Told) => number) => {
  const numbers = new Map<string, number>()
  const known = new WeakMap<KubeObject, number>()
  return ({ subject }) => {
    const found = known.get(subject)
    if (found !== undefined) return found
    const text = JSON.stringify([subject.metadata.generation, subject['status']])
    const number = numbers.get(text) ?? numbers.size
    numbers.set(text, number)
    known.set(subject, number)
    return number
  }
}

/** Passes that see the same write and say the same, wherever the pods are. */
const rememberedPass = (
  played: Played,
  numberOf: (told: Told) => number,
): ((told: Told) => Telling) => {
  const passes = new Map<string, Telling>()
  return (told) => {
    const { scene, report } = told
    const seen = [scene.wish, scene.spec, scene.isSeen, played.wanted(scene), keyOfReport(report)]
    const key = `${seen.join()}|${numberOf(told)}`
    const telling = passes.get(key) ?? afterPass(played, told)
    passes.set(key, telling)
    const { spec, isSeen } = telling.to.scene
    return { ...telling, to: { ...telling.to, scene: { ...scene, spec, isSeen } } }
  }
}

const others = (played: Played, told: Told): ReadonlyArray<Telling> =>
  movesFrom(played, told.scene)
    .filter(({ by }) => by !== 'operator' && by !== 'deployment')
    .map(({ to }) => ({ to: { ...told, scene: to } }))

/** How many moments there are: every scene with everything that may have been reported and said in it. `onTelling` is told every step. */
export const toldAlong = (
  played: Played,
  onTelling: (from: Told, telling: Telling) => void,
): number => {
  const numberOf = numbering()
  const passFrom = rememberedPass(played, numberOf)
  const keyOf = (told: Told): string =>
    `${keyOfScene(told.scene)}|${keyOfReport(told.report)}|${numberOf(told)}`
  const first: Told = { scene: beginning(played), report: NO_REPORT, subject: aSubject() }
  const all = [first]
  const known = new Set([keyOf(first)])
  for (let at = 0; at < all.length; at += 1) {
    const told = all[at] ?? first
    ;[passFrom(told), ...afterReport(played, told), ...others(played, told)].forEach((telling) => {
      onTelling(told, telling)
      const key = keyOf(telling.to)
      if (known.has(key)) return
      known.add(key)
      all.push(telling.to)
    })
  }
  return all.length
}

/** The status of a condition that the operator has said; empty before it has said any. */
export const saidOf = ({ subject }: Told, type: string): string => {
  const said = subject['status']
  const found = isJsonObject(said)
    ? objectsOf(said['conditions']).find((condition) => condition['type'] === type)
    : undefined
  return textOf(found?.['status'])
}
