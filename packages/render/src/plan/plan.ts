import * as E from 'fp-ts/Either'

import { adoptedEntries } from '../fields/adoption'
import { type FieldPath, showPath } from '../fields/field-path'
import { ownedContent } from '../fields/owned-content'
import { reclaim } from '../fields/reclaim'
import { trespasses } from '../fields/trespasses'
import {
  type Action,
  type ApplyObject,
  type DesiredObject,
  type DesiredState,
  isJsonObject,
  keyOf,
  type KubeObject,
  names,
  type Observation,
  partOf,
  type Plan,
  refOf,
} from '../model'
import { ADOPTED_PATHS, withAdoptedPods } from './adopted-pods'
import { withComposedAsLive } from './composed-values'
import { legacyDeletions, removal, unwanted } from './deletions'
import { isExclusive } from './exclusive-places'
import { fieldChanges } from './field-changes'
import { release } from './release'
import { reopening } from './reopening'
import { storageActions } from './storage/storage-actions'
import { suspension } from './suspension'
import { unclaimed } from './unclaimed'

/**
 * What would make live desired: objects to apply, in the order in which they are desired, then objects to
 * delete. An object that is right causes no action, and `plan(desired, applied(desired))` is empty.
 *
 * Every change of an object is one write. The original operator of OpenShift scales up from two replicas in two:
 * first it takes away the rule that no two pods share a node. When scaling down it had to give that up, because
 * the write between started pods with the old storage. Neither spares pods the wait for the scheduler, which looks
 * again only after minutes at those that the old pods' rule kept out.
 */
export const plan = (desired: DesiredState, observation: Observation): Plan => [
  ...applications(desired.objects.filter(isDue(observation)), observation),
  ...reopening(desired, observation),
  ...suspension(desired, observation),
  ...registryDeletions(desired, observation),
  ...storageActions(desired, observation),
  ...legacyDeletions(observation),
]

/** Nothing of the registry goes unless somebody has said so in a Config that can be used. */
const registryDeletions = (
  desired: DesiredState,
  observation: Observation,
): ReadonlyArray<Action> => {
  const { subject, config, live } = observation
  if (E.isLeft(config)) return []
  switch (config.right.managementState) {
    case 'Unmanaged':
      return []
    case 'Removed':
      return [
        ...removal(config.right, subject, live),
        ...release(desired, config.right, observation),
      ]
    case 'Managed':
      return unwanted(desired, observation)
  }
}

/** The registry is touched only where it is ours to manage, whatever is desired of it. */
const isDue =
  ({ config, subject }: Observation) =>
  ({ object }: DesiredObject): boolean =>
    partOf(refOf(object)) !== 'registry' ||
    (E.isRight(config) &&
      config.right.managementState === 'Managed' &&
      subject?.metadata.deletionTimestamp === undefined)

const applications = (
  objects: ReadonlyArray<DesiredObject>,
  observation: Observation,
): ReadonlyArray<ApplyObject> =>
  objects.flatMap((desired) => {
    const before = observation.live.get(keyOf(refOf(desired.object)))
    return before === undefined ? creation(desired) : update(desired, before, observation)
  })

/** A status has to wait for the object that it is of, and what is decided for the one that it is decided in. */
const creation = (desired: DesiredObject): ReadonlyArray<ApplyObject> =>
  desired.mode === 'decide' || desired.subresource !== undefined
    ? []
    : [
        {
          _tag: 'ApplyObject',
          ref: refOf(desired.object),
          change: 'create',
          desired,
          changes: [],
        },
      ]

const isLeftAlone = ({ mode }: DesiredObject): boolean =>
  mode === 'create-only' || mode === 'bootstrap'

/** Nothing to do for what is going: it is made anew when it is gone. */
const update = (
  desired: DesiredObject,
  before: KubeObject,
  { config }: Observation,
): ReadonlyArray<ApplyObject> => {
  if (isLeftAlone(desired) || before.metadata.deletionTimestamp !== undefined) return []
  const wished = withComposedAsLive(desired, before)
  if (wished.mode === 'decide') return application(withoutClaimed(wished, before), before, [])
  const kept = E.isRight(config) ? withAdoptedPods(wished.object, before, config.right) : undefined
  const sparing =
    kept === undefined ? undefined : application({ ...wished, object: kept }, before, ADOPTED_PATHS)
  return sparing === undefined || sparing.some(restartsPods)
    ? application(wished, before, [])
    : sparing
}

const POD_TEMPLATE = 'spec.template.'

const restartsPods = ({ changes }: ApplyObject): boolean =>
  changes.some(({ path, why }) => path.startsWith(POD_TEMPLATE) && why === 'differs')

/** The write that makes live desired, if one is needed; `spared`: what in it is nobody's, and stays. */
const application = (
  desired: DesiredObject,
  before: KubeObject,
  spared: ReadonlyArray<FieldPath>,
): ReadonlyArray<ApplyObject> => {
  const subresource = desired.subresource ?? ''
  const claim = { manager: names.FIELD_MANAGER, subresource, isExclusive }
  const isWhole = desired.mode === 'converge'
  const isSpared = (path: string): boolean => spared.some((other) => showPath(other) === path)
  const intruders = isWhole
    ? trespasses(ownedContent(desired.object), before, claim).filter(
        ({ path }) => !isSpared(showPath(path)),
      )
    : []
  const changes = fieldChanges(desired.object, before, { intruders, subresource }).filter(
    ({ path, why }) => why !== 'no-longer-wanted' || !isSpared(path),
  )
  const adopted = isWhole ? adoptedEntries(before, subresource) : []
  const first = reclaim(before, { claim, intruders, adopted, spared })
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

const withoutClaimed = (desired: DesiredObject, live: KubeObject): DesiredObject => {
  const { apiVersion, kind, metadata } = desired.object
  const { metadata: named, ...rest } = unclaimed(ownedContent(desired.object), live)
  const identity = { name: metadata.name }
  return {
    ...desired,
    object: {
      ...rest,
      apiVersion,
      kind,
      metadata: isJsonObject(named) ? { ...named, ...identity } : identity,
    },
  }
}
