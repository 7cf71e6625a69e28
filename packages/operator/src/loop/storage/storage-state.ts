import type { StorageErrand } from '@image-registry-operator/apply'
import { targetDigest } from '@image-registry-operator/render'
import type {
  PartSight,
  StorageError,
  StorageFacts,
  StorageSight,
  StorageTarget,
  StorageTrouble,
  StorageWork,
} from '@image-registry-operator/render/model'
import type { ObserveScope, Seen, StepOutcome } from '@image-registry-operator/storage-drivers'
import * as E from 'fp-ts/Either'

import { keyDigests, troublesOf } from './storage-seen'

/** The storage that a registry is to have, or had and has to lose. */
export type Wanted = {
  readonly target: StorageTarget
  /** It has to go: then it matters how much is in it. */
  readonly isGoing: boolean
}

/** What is known of one target, and what is under way there. */
export type StorageState = {
  /** Which one it is of all that there were: a target that is wanted once more begins anew. */
  readonly generation: number
  readonly wanted: Wanted
  readonly digest: string
  /** What was known of the target before this one; it is told until this one has been seen. */
  readonly former?: StorageFacts
  readonly sight?: StorageSight
  readonly keys: Seen['keys']
  readonly lookTroubles: ReadonlyArray<StorageTrouble>
  readonly workTroubles: ReadonlyArray<StorageTrouble>
  readonly work?: StorageWork
  readonly isLooking: boolean
  /** Something has happened since the look began: it does not count. */
  readonly isOutdated: boolean
  /** What was under way has ended, and it has not been seen yet what came of it. */
  readonly hasEnded: boolean
  readonly lookFailures: number
  readonly workFailures: number
  /** What failed is not tried again yet. */
  readonly rests: boolean
  /** How many glances there were. */
  readonly turn: number
  /** An errand was asked for since the last pass ended. */
  readonly wasAsked: boolean
  /** How many passes in a row had nothing to be done, although nothing kept them from it. */
  readonly idlePasses: number
}

/** Whether anything is known. */
const isSeen = ({ sight, lookTroubles }: StorageState): boolean =>
  sight !== undefined || lookTroubles.length > 0

/** What is to be told; undefined while nothing is known. */
export const factsOf = (state: StorageState): StorageFacts | undefined =>
  isSeen(state)
    ? {
        target: state.digest,
        place: state.wanted.target.place,
        ...(state.sight === undefined ? {} : { sight: state.sight }),
        troubles: [...state.lookTroubles, ...state.workTroubles],
        ...(state.work === undefined ? {} : { work: state.work }),
        ...(state.rests ? { rests: true } : {}),
        keys: keyDigests(state.keys),
      }
    : state.former

/** Another target, or the same one with other credentials. */
const begun = (
  wanted: Wanted,
  before: StorageState | undefined,
  generation: number,
): StorageState => {
  const former = before === undefined ? undefined : factsOf(before)
  return {
    generation,
    wanted,
    digest: targetDigest(wanted.target),
    ...(former === undefined ? {} : { former }),
    keys: {},
    lookTroubles: [],
    workTroubles: [],
    isLooking: false,
    isOutdated: false,
    hasEnded: false,
    lookFailures: 0,
    workFailures: 0,
    rests: false,
    turn: 0,
    wasAsked: false,
    idlePasses: 0,
  }
}

/** What is known when that is wanted; the same state where nothing new is. `generation` counts those that begin. */
export const considered = (
  wanted: Wanted,
  before: StorageState | undefined,
  generation: number,
): StorageState => {
  if (before?.digest !== targetDigest(wanted.target)) return begun(wanted, before, generation)
  return before.wanted.isGoing === wanted.isGoing ? before : turnedAround(wanted, before)
}

/** What failed of the one says nothing of the other, and keeps nobody waiting. */
const turnedAround = (wanted: Wanted, before: StorageState): StorageState => ({
  ...before,
  wanted,
  workTroubles: [],
  workFailures: 0,
  rests: false,
})

/** Nothing keeps a pass from asking for what is to be done. */
const isFree = ({ work, rests, sight, lookTroubles }: StorageState): boolean =>
  work === undefined && !rests && sight !== undefined && lookTroubles.length === 0

/**
 * What is known once a pass has ended. When nothing is to be done any more, what failed of it is over: somebody else has
 * done it, or nobody wants it. It takes two passes, since the first may have begun before it was free to ask.
 */
export const passEnded = (state: StorageState): StorageState => {
  const isIdle = isFree(state) && !state.wasAsked && state.workTroubles.some(isPassing)
  const idlePasses = isIdle ? state.idlePasses + 1 : 0
  return {
    ...state,
    wasAsked: false,
    idlePasses,
    ...(idlePasses < 2
      ? {}
      : { workTroubles: state.workTroubles.filter(isLasting), workFailures: 0 }),
  }
}

/** How much to look at: everything, or one thing, each time another one. */
export const scopeOf = (
  { turn, sight, wanted }: StorageState,
  how: 'whole' | 'glance',
): ObserveScope =>
  how === 'glance' && sight !== undefined
    ? { _tag: 'Glance', turn, before: sight }
    : { _tag: 'Everything', counts: wanted.isGoing }

/** A look has begun; one that goes on already does not see what has just changed. */
export const looking = (state: StorageState, how: 'whole' | 'glance'): StorageState =>
  state.isLooking
    ? { ...state, isOutdated: true }
    : { ...state, isLooking: true, turn: how === 'glance' ? state.turn + 1 : state.turn }

/** What is known after a look. What was done is over once it has been seen what came of it. */
export const looked = (state: StorageState, look: E.Either<StorageError, Seen>): StorageState => {
  const failed = { isLooking: false, lookTroubles: troublesOf(look) }
  if (E.isLeft(look)) return { ...state, ...failed, lookFailures: state.lookFailures + 1 }
  const { work, ...others } = state
  const before = state.hasEnded || work === undefined ? others : state
  const { sight, keys } = look.right
  const after = { ...before, ...failed, hasEnded: false, sight, keys: { ...before.keys, ...keys } }
  return { ...after, lookFailures: missed(after).length === 0 ? 0 : before.lookFailures + 1 }
}

/** What of the last look is worth another one soon: what failed, and settings that nobody answered for. */
export const missed = ({
  lookTroubles,
  sight,
  wanted: { isGoing },
}: StorageState): ReadonlyArray<StorageTrouble> => [
  ...lookTroubles,
  ...Object.values(sight?.parts ?? {}).flatMap((part) =>
    part._tag === 'Present' ? unansweredSettings(part, isGoing) : [],
  ),
]

/** A part that has to go cannot as long as it is not known whose it is. */
const unansweredSettings = (
  { settings, marks }: Extract<PartSight, { _tag: 'Present' }>,
  isGoing: boolean,
): ReadonlyArray<StorageTrouble> =>
  Object.values(settings).flatMap((setting) =>
    setting._tag === 'NotSeen' && (mayPass(setting.error) || (isGoing && marks === undefined))
      ? [{ verb: 'observe', error: setting.error }]
      : [],
  )

/** What is denied is so in an hour: a glance finds soon enough that it is not any more. */
const mayPass = ({ _tag: tag }: StorageError): boolean =>
  tag === 'StorageThrottled' ||
  tag === 'StorageFailed' ||
  tag === 'StorageUnreachable' ||
  tag === 'StorageConflict' ||
  tag === 'StorageNotFound'

export const verbOf = ({ _tag }: StorageErrand): StorageWork['verb'] =>
  _tag === 'EnsureStorage' ? 'ensure' : 'remove'

/** Whether an errand may begin: one at a time, and not what has just failed. */
export const mayBegin = (state: StorageState, errand: StorageErrand): boolean =>
  state.work === undefined && !state.rests && isStillWanted(state, errand)

/** Whether what an errand is about is still what is wanted. */
export const isStillWanted = ({ digest, wanted }: StorageState, errand: StorageErrand): boolean =>
  digest === targetDigest(errand.target) && (wanted.isGoing ? isForLeaving : isForStaying)(errand)

/** What is to go, and does not show yet that it is ours, has to be marked first. */
const isForLeaving = (errand: StorageErrand): boolean =>
  errand._tag === 'RemoveStorage' || errand.steps.every(({ _tag }) => _tag === 'Mark')

const isForStaying = ({ _tag }: StorageErrand): boolean => _tag === 'EnsureStorage'

/** An errand that has come that far. */
export const working = (
  state: StorageState,
  errand: StorageErrand,
  step: string,
  removedObjects: number,
): StorageState => ({ ...state, work: { verb: verbOf(errand), step, removedObjects } })

/** What the service does not have it will not have tomorrow: that is no failure, and is not tried again. */
const isLasting = ({ error }: StorageTrouble): boolean => error._tag === 'Unsupported'
const isPassing = (trouble: StorageTrouble): boolean => !isLasting(trouble)

/** An errand has ended. Nothing else is begun before it has been seen what came of it. */
export const ended = (
  state: StorageState,
  troubles: ReadonlyArray<StorageTrouble>,
): StorageState => {
  const hasFailed = troubles.some(isPassing)
  const isAbout = (one: StorageTrouble) => (other: StorageTrouble) =>
    one.part === other.part && one.setting === other.setting
  const lasting = state.workTroubles.filter(
    (trouble) => isLasting(trouble) && !troubles.some(isAbout(trouble)),
  )
  return {
    ...state,
    workTroubles: [...lasting, ...troubles],
    workFailures: hasFailed ? state.workFailures + 1 : 0,
    rests: hasFailed,
    hasEnded: true,
  }
}

/** Which steps have failed. */
export const stepTroubles = (outcomes: ReadonlyArray<StepOutcome>): ReadonlyArray<StorageTrouble> =>
  outcomes.flatMap(({ step, result }) =>
    E.isRight(result)
      ? []
      : [
          {
            verb: 'ensure',
            part: step.part,
            ...(step._tag === 'Set' ? { setting: step.setting.name } : {}),
            error: result.left,
          },
        ],
  )

/** How long the service asks us to wait. */
export const advisedMs = (troubles: ReadonlyArray<StorageTrouble>): number =>
  Math.max(
    0,
    ...troubles.map(({ error }) => (error._tag === 'StorageThrottled' ? error.retryAfterMs : 0)),
  )
