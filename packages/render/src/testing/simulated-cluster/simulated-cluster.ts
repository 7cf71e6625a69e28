import * as E from 'fp-ts/Either'

import { decode } from '../../decode/decode'
import { keptObject } from '../../decode/manifest/kept-object'
import { redact } from '../../decode/manifest/redact'
import {
  type Action,
  type ActionOutcome,
  type ApplyObject,
  type Condition,
  type DesiredState,
  groupOf,
  type Json,
  keyOf,
  type KubeObject,
  names,
  type Observation,
  refOf,
  type Release,
  type StatusPatch,
  WATCHED_KINDS,
  type WatchedKind,
} from '../../model'
import { plan } from '../../plan/plan'
import { render } from '../../render'
import { status } from '../../status/status'
import { appliedBy, patched } from '../server-side-apply'
import { withDefaults } from './api-server-defaults'
import { controllers } from './controllers'
import { filled } from './filled'
import { stored, without, withObject, type World } from './world'

/** The release that the simulated operator is of. */
const RELEASE: Release = {
  registryImage: 'registry.example.com/openshift/docker-registry:v1',
  operatorImage: 'registry.example.com/openshift/image-registry-operator:v1',
  prunerImage: 'registry.example.com/openshift/cli:v1',
  version: '4.22.0',
  imageVersion: '4.22.0',
}

const NOW = '2026-01-01T00:00:00Z'
/** More rounds than anything needs that comes to rest. */
const MAX_ROUNDS = 12

const isWatchedAs =
  ({ apiVersion, kind, metadata }: KubeObject) =>
  (watched: WatchedKind): boolean =>
    watched.kind === kind &&
    groupOf(watched.apiVersion) === groupOf(apiVersion) &&
    (watched.namespace === undefined || watched.namespace === metadata.namespace) &&
    (watched.name === undefined || watched.name === metadata.name)

/** What the watch cache of the operator has of an object: nothing where it does not look. */
const seen = (object: KubeObject): ReadonlyArray<KubeObject> =>
  WATCHED_KINDS.filter(isWatchedAs(object))
    .slice(0, 1)
    .map(({ metadataOnly = false }) => keptObject(redact(object), metadataOnly))

const reclaimed = (live: KubeObject | undefined, reclaim: ReadonlyArray<Json> | undefined) => {
  if (live === undefined || reclaim === undefined) return live
  const free = patched(live, reclaim)
  if (free === undefined) throw new Error(`The patch of ${live.kind} does not fit`)
  return free
}

const managerOf = ({ desired }: ApplyObject): string =>
  desired.mode === 'bootstrap' ? names.BOOTSTRAP_FIELD_MANAGER : names.FIELD_MANAGER

const written = (world: World, action: ApplyObject): KubeObject => {
  const { desired, ref } = action
  const before = world.get(keyOf(ref))
  const apply = appliedBy({
    manager: managerOf(action),
    ...(desired.subresource === undefined ? {} : { subresource: desired.subresource }),
  })
  const object = apply(filled(world, desired), reclaimed(before, action.reclaim))
  return stored(withDefaults(object), before)
}

type Done = { readonly world: World; readonly outcome: ReadonlyArray<ActionOutcome> }

const performed = ({ world, outcome }: Done, action: Action): Done => {
  switch (action._tag) {
    case 'ApplyObject': {
      const object = written(world, action)
      const [answer = object] = seen(object)
      return {
        world: withObject(world, object),
        outcome: [...outcome, { action, result: E.right(answer) }],
      }
    }
    case 'ReleaseObject':
    case 'DeleteObject':
      return {
        world: without(world, keyOf(action.ref)),
        outcome: [...outcome, { action, result: E.right(undefined) }],
      }
    // Nothing is withheld there that was said before.
    case 'PatchObject':
    // Nobody looks outside of the simulated cluster, so nothing is planned there.
    case 'EnsureStorage':
    case 'RemoveStorage':
      return { world, outcome: [...outcome, { action, result: E.right(undefined) }] }
  }
}

const withStatus = (world: World, { object, reclaim }: StatusPatch): World => {
  const before = world.get(keyOf(refOf(object)))
  // Nothing has a status that is not there.
  if (before === undefined) return world
  const apply = appliedBy({ manager: names.STATUS_FIELD_MANAGER, subresource: 'status' })
  return withObject(world, stored(apply(object, reclaimed(before, reclaim)), before))
}

/** What one pass came to: the cluster after it, how often it wrote, and what it wants and says of what is outside. */
export type SimulatedPass = {
  readonly world: World
  /** Of the cluster; what is to be done outside of it does not count. */
  readonly writes: number
  readonly observation: Observation
  readonly desired: DesiredState
  readonly actions: ReadonlyArray<Action>
  readonly conditions: ReadonlyArray<Condition>
}

const isInside = ({ _tag }: Action): boolean => _tag !== 'EnsureStorage' && _tag !== 'RemoveStorage'

/** One pass of the operator: the stages in their order. Everything that it sends is taken; `outside`: what was seen there. */
export const pass = (world: World, outside: ReadonlyArray<KubeObject> = []): SimulatedPass => {
  const observation = decode([...[...world.values()].flatMap(seen), ...outside], RELEASE)
  const desired = render(observation, observation.facts)
  const actions = plan(desired, observation)
  const done = actions.reduce<Done>(performed, { world, outcome: [] })
  const { patches, conditions } = status({
    observation,
    withheld: desired.withheld,
    ...(desired.storage === undefined ? {} : { storage: desired.storage }),
    ...(desired.storageProblem === undefined ? {} : { storageProblem: desired.storageProblem }),
    outcome: done.outcome,
    now: NOW,
  })
  return {
    world: patches.reduce(withStatus, done.world),
    writes: actions.filter(isInside).length + patches.length,
    observation,
    desired,
    actions,
    conditions,
  }
}

/** The cluster after the operator and everybody else have come to rest. */
export const atRest = (start: World, rounds = MAX_ROUNDS): World => {
  const before = controllers(start)
  const { world, writes } = pass(before)
  if (writes === 0) return world
  if (rounds === 0) throw new Error(`It still wanted to write ${writes} times.`)
  return atRest(world, rounds - 1)
}
