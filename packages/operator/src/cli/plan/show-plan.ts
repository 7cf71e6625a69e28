import { describeAction, storageSteps } from '@image-registry-operator/render'
import type {
  Action,
  ApplyObject,
  EnsureStorage,
  Plan,
  RemoveStorage,
} from '@image-registry-operator/render/model'

import { objectDiff } from './object-diff'
import type { Colour } from '../report'

type Paint = (name: Colour, text: string) => string

const colourOf = (line: string): Colour | undefined => {
  if (line.startsWith('+++') || line.startsWith('---')) return 'bold'
  if (line.startsWith('+')) return 'green'
  if (line.startsWith('-')) return 'red'
  return undefined
}

const paintedDiff = (paint: Paint, diff: string): string =>
  diff
    .split('\n')
    .map((line) => {
      const colour = colourOf(line)
      return colour === undefined ? line : paint(colour, line)
    })
    .join('\n')

/** Changes that no diff shows: the value is right already, but not ours. */
const takenOver = ({ changes }: ApplyObject): string =>
  changes
    .filter(({ why }) => why === 'not-owned')
    .map(({ path }) => `  takes over ${path}\n`)
    .join('')

/** What is done outside of the cluster has no diff: there is one line for each step, and what a setting becomes. */
const showStorage = (paint: Paint, action: EnsureStorage | RemoveStorage): string => {
  const { place } = action.target
  const title =
    action._tag === 'EnsureStorage'
      ? `put right storage ${place}`
      : `remove storage ${place}: ${action.because} (ours: it carries our marks)`
  const steps = storageSteps(action).map((step, index) => `  ${step}${wantedAt(action, index)}\n`)
  return `${paint('bold', title)}\n${steps.join('')}`
}

const wantedAt = (action: EnsureStorage | RemoveStorage, index: number): string => {
  const step = action._tag === 'EnsureStorage' ? action.steps[index] : undefined
  return step?._tag === 'Set' ? `: ${JSON.stringify(step.setting.wanted)}` : ''
}

const showAction = (paint: Paint, action: Action): string => {
  if (action._tag === 'EnsureStorage' || action._tag === 'RemoveStorage')
    return showStorage(paint, action)
  const line = `${paint('bold', describeAction(action))}\n`
  const more = action._tag === 'ApplyObject' ? takenOver(action) : ''
  return `${line}${more}${paintedDiff(paint, objectDiff(action))}`
}

/** A plan for people: one line per action, and below it what changes, or the steps of it. */
export const showPlan = (paint: Paint, plan: Plan): string =>
  plan.length === 0
    ? 'Nothing to do: everything is as it should be.\n'
    : `${plan.map((action) => showAction(paint, action)).join('\n')}\n`

/** A plan for programs; objects hold digests where secret values go. */
export const planAsJson = (plan: Plan): ReadonlyArray<unknown> =>
  plan.map((action) => {
    const { _tag: kind, ref } = action
    const line = describeAction(action)
    return { action: kind, ref, description: line, ...detailsOf(action) }
  })

const detailsOf = (action: Action): object => {
  switch (action._tag) {
    case 'ApplyObject':
      return { change: action.change, changes: action.changes, desired: action.desired.object }
    case 'DeleteObject': {
      const { because, proof, uid, resourceVersion } = action
      return { because, proof, uid, resourceVersion }
    }
    case 'PatchObject':
      return { because: action.because, changes: action.changes }
    case 'ReleaseObject':
      return {}
    case 'EnsureStorage':
      return { place: action.target.place, steps: action.steps }
    case 'RemoveStorage': {
      const { because, parts, contents, target } = action
      return {
        because,
        place: target.place,
        parts,
        ...(contents === undefined ? {} : { contents }),
      }
    }
  }
}
