import { describeAction } from '@image-registry-operator/render'
import type { Action, ApplyObject, Plan } from '@image-registry-operator/render/model'

import { objectDiff } from './object-diff'
import type { Colour } from './report'

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

const showAction = (paint: Paint, action: Action): string => {
  const line = `${paint('bold', describeAction(action))}\n`
  const more = action._tag === 'ApplyObject' ? takenOver(action) : ''
  return `${line}${more}${paintedDiff(paint, objectDiff(action))}`
}

/** A plan for people: one line per action, and below it what changes. */
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
