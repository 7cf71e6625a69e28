import { waiting, type Clock } from '@image-registry-operator/apply'
import type {
  Json,
  JsonObject,
  Marks,
  PartKind,
  StorageError,
} from '@image-registry-operator/render/model'
import type { DriverFor } from '@image-registry-operator/storage-drivers'
import {
  driverOfParts,
  storageCaller,
  type OpenBackend,
  type PartDriver,
  type PartFound,
} from '@image-registry-operator/storage-drivers/testing'
import { pipe } from 'fp-ts/function'
import * as TE from 'fp-ts/TaskEither'

import type { Fault, FaultPolicy } from './faults'
import type { Actor, World } from './world'

/** One thing that a service has, e.g. a bucket. */
export type Thing = {
  readonly name: string
  readonly madeBy: string
  readonly marks: Marks
  readonly settings: { readonly [name: string]: Json }
  readonly images: number
}

/** Everything that all services have, by place and part. */
export type Things = Map<string, Thing>

type StorageTag = Exclude<StorageError['_tag'], 'StorageThrottled'>

/** How a service says no. */
type Refusal = Error & { readonly failure: (operation: string) => StorageError }

const refusal = (tag: StorageTag): Refusal =>
  Object.assign(new Error(tag), {
    failure: (operation: string): StorageError => ({
      _tag: tag,
      backend: 'S3',
      operation,
      code: tag,
      message: 'simulated',
    }),
  })

const throttled: Refusal = Object.assign(new Error('throttled'), {
  failure: (operation: string): StorageError => ({
    _tag: 'StorageThrottled',
    backend: 'S3',
    operation,
    code: 'SlowDown',
    message: 'simulated',
    retryAfterMs: 2_000,
  }),
})

const isRefusal = (cause: unknown): cause is Refusal => cause instanceof Error && 'failure' in cause

export type StorageDeps = {
  readonly world: World
  readonly actor: Actor
  readonly things: Things
  readonly fault: FaultPolicy
  readonly nextEffect: (words: string) => number
  readonly onEffect: (actor: Actor, words: string) => void
  /** A part with so many images in it goes, or is emptied. */
  readonly onLoss: (actor: Actor, name: string, images: number) => void
  readonly crash: (actor: Actor) => void
  readonly freeze: (actor: Actor) => void
}

const refusalOf = (fault: Fault): Refusal | undefined => {
  switch (fault) {
    case 'refused with 409':
      return refusal('StorageConflict')
    case 'refused with 429':
      return throttled
    case 'refused with 500':
      return refusal('StorageFailed')
    case 'lost before its effect':
      return refusal('StorageUnreachable')
    default:
      return undefined
  }
}

/** One request, in two steps: its effect, and its answer. */
const asked = <A>(
  { world, actor, fault, nextEffect, onEffect, crash, freeze }: StorageDeps,
  { words, isWrite }: { readonly words: string; readonly isWrite: boolean },
  answer: () => A,
): Promise<A> =>
  new Promise((resolve, reject) => {
    const says = (what: string): string => `${actor.name}: ${words}, ${what}`
    const effect = isWrite ? nextEffect(words) : undefined
    const fail = (why: unknown): void =>
      world.pend(actor, '', () => reject(why instanceof Error ? why : new Error(String(why))))
    const carryOut = (then: (value: A) => void): void => {
      if (isWrite) onEffect(actor, words)
      try {
        then(answer())
      } catch (why) {
        fail(why)
      }
    }
    world.pend(actor, '', () => {
      const harm = fault({ effect, words: `${actor.name}: ${words}` })
      if (harm === undefined) {
        if (isWrite) world.tell(says('done'))
        return carryOut((value) => world.pend(actor, '', () => resolve(value)))
      }
      world.tell(says(harm))
      const no = refusalOf(harm)
      if (no !== undefined) return fail(no)
      if (harm === 'crash before its effect') return crash(actor)
      if (harm === 'frozen past its lease') {
        freeze(actor)
        return carryOut((value) => world.pend(actor, '', () => resolve(value)))
      }
      carryOut(() => undefined)
      if (harm === 'lost after its effect') return fail(refusal('StorageUnreachable'))
      crash(actor)
    })
  })

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** What others have added stays. */
const merged = (found: Json | undefined, wanted: Json): Json =>
  isObject(found) && isObject(wanted) ? { ...found, ...wanted } : wanted

const BATCH = 2

const backendOf =
  (deps: StorageDeps): OpenBackend =>
  ({ target }, call) => {
    const { things, actor, onLoss } = deps
    const ask = <A>(operation: string, isWrite: boolean, answer: () => A) =>
      call({
        operation,
        send: () => asked(deps, { words: operation, isWrite }, answer),
      })
    const partOf = (kind: PartKind, name: string): PartDriver => {
      const key = `${target.place}/${kind}`
      const wanted = target.parts.find((part) => part.kind === kind)
      const marks = wanted?.marks ?? {}
      const there = (): Thing => {
        const found = things.get(key)
        if (found === undefined) throw refusal('StorageNotFound')
        return found
      }
      const change = (changed: (before: Thing) => Thing): void =>
        void things.set(key, changed(there()))
      const found = (): PartFound => {
        const thing = things.get(key)
        return thing === undefined
          ? { _tag: 'Absent' }
          : {
              _tag: 'Present',
              marks: thing.marks,
              isEmpty: thing.images === 0,
              details: {},
              keys: {},
            }
      }
      const foundSettings = (): PartFound => ({
        _tag: 'Present',
        settings: Object.fromEntries(
          (wanted?.settings ?? []).map((setting) => [
            setting.name,
            { _tag: 'Found', value: there().settings[setting.name] ?? null },
          ]),
        ),
      })
      const mark = ask(`mark ${kind} ${name}`, true, () =>
        change((before) => ({ ...before, marks: { ...before.marks, ...marks } })),
      )
      return {
        kind,
        reads: [
          { tells: [], read: ask(`get ${kind} ${name}`, false, found) },
          {
            tells: (wanted?.settings ?? []).map((setting) => setting.name),
            read: ask(`get settings of ${kind} ${name}`, false, foundSettings),
          },
        ],
        create: pipe(
          ask(`make ${kind} ${name}`, true, () => {
            const before = things.get(key)
            if (before === undefined)
              things.set(key, { name, madeBy: actor.name, marks: {}, settings: {}, images: 0 })
            else if (!Object.entries(marks).every(([at, value]) => before.marks[at] === value))
              throw refusal('NameTaken')
          }),
          TE.flatMap(() => mark),
        ),
        mark,
        set: (setting) =>
          ask(`set ${setting.name} of ${kind} ${name}`, true, () =>
            change((before) => ({
              ...before,
              settings: {
                ...before.settings,
                [setting.name]: merged(before.settings[setting.name], setting.wanted),
              },
            })),
          ),
        empty: ask(`delete images of ${kind} ${name}`, true, () => {
          const { images } = there()
          const gone = Math.min(BATCH, images)
          if (gone > 0) onLoss(actor, name, gone)
          change((before) => ({ ...before, images: images - gone }))
          return gone
        }),
        contents: ask(`count images of ${kind} ${name}`, false, () => ({
          objects: there().images,
          bytes: there().images * 3,
          isWhole: true,
        })),
        remove: ask(`remove ${kind} ${name}`, true, () => {
          const thing = things.get(key)
          if (thing === undefined) return
          if (thing.images > 0) throw refusal('StorageConflict')
          onLoss(actor, name, 0)
          things.delete(key)
        }),
      }
    }
    return TE.right({
      parts: target.parts.map(({ kind, name }) => partOf(kind, name)),
      close: () => undefined,
    })
  }

/** Drivers of all kinds of storage that live in this world. */
export const storagesOf = (deps: StorageDeps): DriverFor => {
  const clock: Clock = deps.world.clockOf(deps.actor)
  const call = (backend: Parameters<DriverFor>[0]) =>
    storageCaller(
      {
        wait: waiting(clock),
        random: () => 0.5,
        timeoutMs: 30_000,
        alarm: clock.after,
        onCall: () => () => undefined,
      },
      backend,
      (cause, operation) =>
        isRefusal(cause)
          ? { ...cause.failure(operation), backend }
          : { ...refusal('StorageFailed').failure(operation), backend, message: String(cause) },
    )
  return (backend) => async () => driverOfParts(backendOf(deps), call(backend))
}
