import type {
  Condition,
  StorageSight,
  StorageTarget,
  StorageTrouble,
} from '@image-registry-operator/render/model'
import {
  credentialValues,
  isSameTarget,
  type SeenOutside,
  type StorageTurn,
  storageTurn,
  type World,
} from '@image-registry-operator/render/testing'
import type { StorageAccess, StorageDriver } from '@image-registry-operator/storage-drivers/testing'

/** How a driver gets to the cloud. */
export type Reach = Readonly<{
  driver: StorageDriver
  /** In place of what the target says: who stands in for the clouds is trusted, and asked by way of this proxy. */
  network: Partial<Pick<StorageTarget, 'authorities' | 'proxy'>>
}>

/** What the operator knew and said at one moment. */
export type Said = Readonly<{
  troubles: ReadonlyArray<StorageTrouble>
  sight: StorageSight | undefined
  conditions: ReadonlyArray<Condition>
}>

/** A cluster and its storage, after nothing was left to do. */
export type Settled = Readonly<{
  world: World
  /** The last one that was looked at. */
  target: StorageTarget | undefined
  said: ReadonlyArray<Said>
}>

/** More rounds than anything takes that comes to rest. */
const MOST_ROUNDS = 60

const accessOf = (world: World, target: StorageTarget, { network }: Reach): StorageAccess => ({
  target: { ...target, ...network },
  values: credentialValues(world, target),
})

type Seen = Readonly<{
  outside: SeenOutside
  lookTroubles: ReadonlyArray<StorageTrouble>
  workTroubles: ReadonlyArray<StorageTrouble>
}>

const unseen = (target: StorageTarget): Seen => ({
  outside: { target, troubles: [], keys: {} },
  lookTroubles: [],
  workTroubles: [],
})

const withTroubles = ({ outside, ...troubles }: Seen): Seen => ({
  ...troubles,
  outside: { ...outside, troubles: [...troubles.lookTroubles, ...troubles.workTroubles] },
})

const looked = async (
  reach: Reach,
  { world, isGoing }: StorageTurn,
  { outside, workTroubles }: Seen,
): Promise<Seen> => {
  const access = accessOf(world, outside.target, reach)
  const look = await reach.driver.observe(access, { _tag: 'Everything', counts: isGoing })()
  if (look._tag === 'Left')
    return withTroubles({
      outside,
      workTroubles,
      lookTroubles: [{ verb: 'observe', error: look.left }],
    })
  const { sight, keys } = look.right
  const unseenParts = Object.values(sight.parts).flatMap((part) =>
    part._tag === 'Unseen' ? [part.error] : [],
  )
  return withTroubles({
    outside: { ...outside, sight, keys: { ...outside.keys, ...keys } },
    workTroubles,
    lookTroubles: unseenParts.map((error) => ({ verb: 'observe', error })),
  })
}

const isLasting = ({ error }: StorageTrouble): boolean => error._tag === 'Unsupported'

const performed = async (
  reach: Reach,
  world: World,
  errand: NonNullable<StorageTurn['errand']>,
): Promise<ReadonlyArray<StorageTrouble>> => {
  const access = accessOf(world, errand.target, reach)
  const quietly = () => () => undefined
  if (errand._tag === 'RemoveStorage') {
    const removed = await reach.driver.remove(access, errand.parts, quietly)()
    return removed._tag === 'Left' ? [{ verb: 'remove', error: removed.left }] : []
  }
  const outcomes = await reach.driver.ensure(access, errand.steps, quietly)()
  return outcomes.flatMap(({ step, result }) =>
    result._tag === 'Right'
      ? []
      : [
          {
            verb: 'ensure' as const,
            part: step.part,
            ...(step._tag === 'Set' ? { setting: step.setting.name } : {}),
            error: result.left,
          },
        ],
  )
}

const worked = async (
  reach: Reach,
  turn: StorageTurn,
  errand: NonNullable<StorageTurn['errand']>,
  before: Seen,
): Promise<Seen> => {
  const troubles = await performed(reach, turn.world, errand)
  const workTroubles = [
    ...before.workTroubles.filter(
      (one) =>
        isLasting(one) &&
        !troubles.some(({ part, setting }) => part === one.part && setting === one.setting),
    ),
    ...troubles,
  ]
  const after = await looked(reach, turn, { ...before, workTroubles })
  const rests = troubles.some((trouble) => !isLasting(trouble))
  const { rests: _before, ...outside } = after.outside
  return { ...after, outside: { ...outside, ...(rests ? { rests: true } : {}) } }
}

const rested = ({ outside: { rests: _rests, ...outside }, ...troubles }: Seen): Seen => ({
  outside,
  ...troubles,
})

/** What was not seen of a part is looked at again, sooner or later. */
const isPartlySeen = ({ outside: { sight } }: Seen): boolean =>
  Object.values(sight?.parts ?? {}).some(
    (part) =>
      part._tag === 'Present' &&
      Object.values(part.settings).some(({ _tag }) => _tag === 'NotSeen'),
  )

/** What was seen of a former target is nothing to be told of the next. */
const isAbout = ({ target }: StorageTurn, seen: Seen | undefined): seen is Seen =>
  target !== undefined && seen !== undefined && isSameTarget(seen.outside.target, target)

/** What follows a pass: undefined where nothing does. */
const next = async (
  reach: Reach,
  turn: StorageTurn,
  before: Seen | undefined,
): Promise<Seen | undefined | 'settled'> => {
  const { target, errand, isAtRest } = turn
  if (target === undefined) return isAtRest ? 'settled' : before
  if (before === undefined || !isAbout(turn, before)) return looked(reach, turn, unseen(target))
  if (errand !== undefined) return worked(reach, turn, errand, before)
  if (before.outside.rests === true) return rested(before)
  if (before.lookTroubles.length > 0 || isPartlySeen(before)) return looked(reach, turn, before)
  return isAtRest ? 'settled' : before
}

/**
 * Has the pure core and a driver go on until nothing is left to do, as the operator does, but without a cluster: a pass,
 * then what it asks for outside, then a look. What failed is tried again after a pass that knew of it.
 */
export const untilSettled = async (reach: Reach, start: World): Promise<Settled> => {
  const said: Said[] = []
  let world = start
  let seen: Seen | undefined
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const turn = storageTurn(world, seen?.outside)
    world = turn.world
    said.push({
      troubles: isAbout(turn, seen) ? seen.outside.troubles : [],
      sight: seen?.outside.sight,
      conditions: turn.conditions,
    })
    const after = await next(reach, turn, seen)
    if (after === 'settled') return { world, target: seen?.outside.target, said }
    seen = after
  }
  const last = JSON.stringify(said.at(-1))
  throw new Error(`it has not come to rest after ${MOST_ROUNDS} rounds: ${last}`)
}
