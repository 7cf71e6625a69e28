import {
  showRef,
  type Action,
  type JsonObject,
  type KubeObject,
} from '@image-registry-operator/render/model'
import { createTwoFilesPatch } from 'diff'

import { changedObject } from './changed-object'
import { toYaml } from '../print-manifests'

/** What the API server writes itself, and nobody wants to see in a diff. */
const SERVER_FIELDS: ReadonlyArray<string> = [
  'managedFields',
  'uid',
  'resourceVersion',
  'generation',
  'creationTimestamp',
  'selfLink',
]

const without = (object: JsonObject, fields: ReadonlyArray<string>): JsonObject =>
  Object.fromEntries(Object.entries(object).filter(([key]) => !fields.includes(key)))

const shown = (object: KubeObject): JsonObject => ({
  ...without(object, ['status']),
  metadata: without(object.metadata, SERVER_FIELDS),
})

/** What is there now, and what will be; empty texts where there is nothing. */
const sides = (action: Action): readonly [string, string] => {
  if (action._tag === 'DeleteObject') return [toYaml(shown(action.before)), '']
  // A finalizer is nothing that anybody reads for, and what is outside of the cluster has no text.
  if (action._tag !== 'ApplyObject') return ['', '']
  const { before, changes, desired } = action
  if (before === undefined) return ['', toYaml(desired.object)]
  const live = shown(before)
  return [toYaml(live), toYaml(changedObject(live, changes))]
}

/** A unified diff of what an action would do to its object; empty when it changes no value. */
export const objectDiff = (action: Action): string => {
  const [before, after] = sides(action)
  if (before === after) return ''
  const name = showRef(action.ref)
  const patch = createTwoFilesPatch(
    before === '' ? '/dev/null' : `live/${name}`,
    after === '' ? '/dev/null' : `desired/${name}`,
    before,
    after,
    undefined,
    undefined,
    { context: 3 },
  )
  // The first line is a ruler of equal signs, which no tool needs.
  return patch.slice(patch.indexOf('---'))
}
