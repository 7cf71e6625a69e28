import * as E from 'fp-ts/Either'

import { ownedContent } from '../fields/owned-content'
import {
  type ApplyObject,
  type DesiredObject,
  type DesiredState,
  keyOf,
  type KubeObject,
  type LiveObjects,
  type Observation,
  type Plan,
  refOf,
} from '../model'
import { obsoleteRoutes, removal } from './deletions'
import { fieldChanges } from './field-changes'
import { reclaim } from './reclaim'
import { trespasses } from './trespasses'

/**
 * What would make live desired: objects to apply, in the order in which they are desired, then objects to
 * delete. An object that is right causes no action, and `plan(desired, applied(desired))` is empty.
 *
 * Every change of an object is one write. The original operator of OpenShift scales up from two replicas in two:
 * first it takes away the rule that no two pods share a node. When scaling down it had to give that up, because
 * the write between started pods with the old storage. Neither spares pods the wait for the scheduler, which looks
 * again only after minutes at those that the old pods' rule kept out.
 */
export const plan = (desired: DesiredState, { subject, config, live }: Observation): Plan => {
  if (E.isLeft(config) || subject?.metadata.deletionTimestamp !== undefined) return []
  switch (config.right.managementState) {
    case 'Unmanaged':
      return []
    case 'Removed':
      return removal(config.right, live)
    case 'Managed':
      return [...applications(desired, live), ...obsoleteRoutes(desired, live)]
  }
}

const applications = ({ objects }: DesiredState, live: LiveObjects): ReadonlyArray<ApplyObject> =>
  objects.flatMap((desired) => {
    const before = live.get(keyOf(refOf(desired.object)))
    return before === undefined ? [creation(desired)] : update(desired, before)
  })

const creation = (desired: DesiredObject): ApplyObject => ({
  _tag: 'ApplyObject',
  ref: refOf(desired.object),
  change: 'create',
  desired,
  changes: [],
})

/** Nothing to do for what is going: it is made anew when it is gone. */
const update = (desired: DesiredObject, before: KubeObject): ReadonlyArray<ApplyObject> => {
  if (desired.mode === 'create-only' || before.metadata.deletionTimestamp !== undefined) return []
  const intruders = trespasses(ownedContent(desired.object), before)
  const changes = fieldChanges(desired.object, before, intruders)
  const first = reclaim(before, intruders)
  return changes.length === 0
    ? []
    : [
        {
          _tag: 'ApplyObject',
          ref: refOf(desired.object),
          change: 'update',
          desired,
          before,
          changes,
          ...(first.length === 0 ? {} : { reclaim: first }),
        },
      ]
}
