import { waiting, type Clock } from '@image-registry-operator/apply'
import type {
  Json,
  JsonObject,
  Marks,
  PartKind,
  StorageError,
  StorageTarget,
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
import { CANARY, WRONG } from './wishes/credentials'
import { sentBy, type Actor, type World } from './world'

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

/** How the services are disposed at the moment. */
export type Doors = {
  /** Nobody may do anything (403). */
  isClosed: boolean
}

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
  readonly doors: Doors
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

type Asking = {
  readonly words: string
  readonly isWrite: boolean
  /** The credentials are good. */
  readonly isKnown: boolean
}

/** One request, in two steps: its effect, and its answer. */
const asked = <A>(
  { world, actor, doors, fault, nextEffect, onEffect, crash, freeze }: StorageDeps,
  { words, isWrite, isKnown }: Asking,
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
    world.pend(sentBy(actor), '', () => {
      if (!isKnown) return fail(refusal('CredentialsRefused'))
      if (doors.isClosed) return fail(refusal('AccessDenied'))
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

/** Which thing a part is: one account has several containers, and one instance several buckets. */
const keyOf = ({ place, connection }: StorageTarget, kind: PartKind, name: string): string => {
  if (kind === 'account') return `azure/${name}/account`
  if (connection._tag !== 'IbmCos' || kind === 'bucket') return `${place}/${kind}`
  const { serviceInstanceCrn } = connection
  const instance = serviceInstanceCrn === '' ? name : (serviceInstanceCrn.split(':')[7] ?? '')
  return kind === 'service-instance' ? `ibm/${instance}/${kind}` : `ibm/${instance}/${name}/${kind}`
}

/** What only its maker knows of a thing. */
const detailsOf = (kind: PartKind, key: string): JsonObject => {
  const [, instance = '', name = ''] = key.split('/')
  const crn = `crn:v1:bluemix:public:cloud-object-storage:global:a/1:${instance}`
  if (kind === 'service-instance') return { crn: `${crn}::`, resourceGroupName: 'Default' }
  return kind === 'resource-key' ? { crn: `${crn}:resource-key:${name}` } : {}
}

/** What somebody else keeps in an account or an instance, which stays because of it. */
const othersWithin = (things: Things, target: StorageTarget, kind: PartKind, key: string) => {
  const [service = '', name = ''] = key.split('/')
  const within =
    kind === 'account'
      ? [...things.keys()].filter((one) => one.startsWith(`${service}/${name}/`) && one !== key)
      : []
  return within.filter((one) => !one.startsWith(`${target.place}/`))
}

const KEYS: { readonly [Kind in PartKind]?: { readonly [name: string]: string } } = {
  account: { accountKey: Buffer.from(`${CANARY}-account`).toString('base64') },
  'resource-key': { id: `${CANARY}-made-id`, secret: `${CANARY}-made-secret` },
}

const isWrong = (value: string): boolean =>
  value.includes(WRONG) || value.includes(Buffer.from(WRONG).toString('base64'))

/** Services that take marks only of what is there already. */
const MARKS_LATER: ReadonlyArray<StorageTarget['backend']> = ['S3']

const backendOf =
  (deps: StorageDeps): OpenBackend =>
  ({ target, values }, call) => {
    const { things, actor, onLoss } = deps
    const isKnown = !Object.values(values).some((value) => isWrong(value))
    const ask = <A>(operation: string, isWrite: boolean, answer: () => A) =>
      call({
        operation,
        send: () => asked(deps, { words: operation, isWrite, isKnown }, answer),
      })
    const partOf = (kind: PartKind, name: string): PartDriver => {
      const key = keyOf(target, kind, name)
      const wanted = target.parts.find((part) => part.kind === kind)
      const marks = wanted?.marks ?? {}
      const marksLater = MARKS_LATER.includes(target.backend)
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
              details: detailsOf(kind, key),
              keys: KEYS[kind] ?? {},
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
            const made = { name, madeBy: actor.name, settings: {}, images: 0 }
            if (before === undefined) things.set(key, { ...made, marks: marksLater ? {} : marks })
            else if (!Object.entries(marks).every(([at, value]) => before.marks[at] === value))
              throw refusal('NameTaken')
          }),
          TE.flatMap(() => (marksLater ? mark : TE.right(undefined))),
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
          if (thing.images > 0 || othersWithin(things, target, kind, key).length > 0)
            throw refusal('StorageConflict')
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
