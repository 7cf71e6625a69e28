import type { InProcessRequest, ObjectDatabase } from '@image-registry-operator/apply/testing'
import type { LogEvent } from '@image-registry-operator/operator/testing'
import {
  isJsonObject,
  objectsOf,
  type JsonObject,
  type KubeObject,
} from '@image-registry-operator/render/model'

import { wordsOf } from './api-courier'
import type { Fault } from './faults'
import type { Things } from './storages'
import { CANARY } from './wishes/credentials'
import type { Actor, World } from './world'

type StoredEvent = Parameters<Parameters<ObjectDatabase['subscribe']>[0]>[0]

/** Watches over what must never happen. */
export type Oracle = {
  readonly faulted: (fault: Fault) => void
  /** For so long nobody may have done anything: what is not there is told after five minutes. */
  readonly absent: (ms: number) => void
  readonly write: (actor: Actor, request: InProcessRequest) => void
  /** These are gone, and nobody has asked for them to be made anew; or somebody has, and they are none. */
  readonly vanished: (names: ReadonlyArray<string>) => void
  /** Somebody wants something else from now on, or gets something wrong. */
  readonly edited: (isTrouble: boolean) => void
  readonly storageWrite: (actor: Actor, words: string) => void
  readonly loss: (actor: Actor, name: string, images: number) => void
  readonly happened: (acting: Actor | undefined, event: StoredEvent) => void
  readonly logged: (actor: Actor, event: LogEvent) => void
  readonly unhandled: (why: unknown) => void
  /** Whether an operator has made the object of that uid. */
  readonly isOwn: (uid: string) => boolean
  readonly lastWriteAt: () => number
  readonly verdict: () => ReadonlyArray<string>
}

/** More writes than anything takes; each fault may cost some more. */
const MOST_WRITES = 120
const MOST_WRITES_PER_FAULT = 60
/** So long a registry may be unavailable before it is Degraded. */
const PATIENCE_MS = 300_000

/** The parts that images are in. */
const HOLDS_IMAGES = /[/](bucket|container)$/

const CANARIES = [CANARY, Buffer.from(CANARY).toString('base64').slice(0, 12)]

const isTold = (text: string): boolean => CANARIES.some((canary) => text.includes(canary))

/** Most objects are the same ones in every history. */
const telling = new WeakMap<KubeObject, boolean>()

const tells = (object: KubeObject): boolean => {
  const known = telling.get(object) ?? isTold(JSON.stringify(object))
  telling.set(object, known)
  return known
}

const objectAt = (value: unknown): JsonObject => (isJsonObject(value) ? value : {})

/** Refusals and lost answers may be told to the administrator. */
const isToldAbout = (fault: Fault): boolean =>
  fault.startsWith('refused') || fault.startsWith('lost')

export const oracle = ({
  world,
  database,
  things,
}: {
  readonly world: World
  readonly database: ObjectDatabase
  readonly things: Things
}): Oracle => {
  const violations: string[] = []
  const own = new Set<string>()
  const planted = new Map(things)
  const madeHere = new Set<string>()
  const vanished = new Set<string>()
  const logged: string[] = []
  let faults = 0
  let mayBeDegraded = false
  let writes = 0
  let absence = 0
  let edits = 0
  let lastWriteAt = 0

  const violated = (what: string): void => {
    violations.push(what)
    world.tell(`VIOLATION: ${what}`)
  }

  const leases = database.resources().find(({ kind }) => kind === 'Lease')
  const holder = (): string => {
    const [lease] = leases === undefined ? [] : database.list(leases)
    const {
      holderIdentity = '',
      renewTime = '',
      leaseDurationSeconds = 0,
    } = objectAt(lease?.['spec'])
    const until = Date.parse(String(renewTime)) + Number(leaseDurationSeconds) * 1000
    return until > database.nowMs() ? String(holderIdentity) : ''
  }
  const wrote = (actor: Actor, words: string): void => {
    writes += 1
    lastWriteAt = world.now()
    const now = holder()
    if (now !== actor.name)
      violated(
        `${actor.name} writes while the lease is ${now === '' ? 'nobody’s' : `that of ${now}`}: ${words}`,
      )
  }

  const configIsRemoved = (): boolean => {
    const configs = database.everything().filter(([{ kind }]) => kind === 'Config')
    return configs.every(
      ([, config]) =>
        objectAt(config['spec'])['managementState'] === 'Removed' ||
        config.metadata.deletionTimestamp !== undefined,
    )
  }

  const judgeConfig = (object: KubeObject): void => {
    if (mayBeDegraded) return
    const degraded = objectsOf(objectAt(object['status'])['conditions']).find(
      ({ type }) => type === 'Degraded',
    )
    if (degraded?.['status'] === 'True')
      violated(
        `Degraded without a cause: ${String(degraded['reason'])}: ${String(degraded['message'])}`,
      )
  }

  const inTheEnd = (): void => {
    planted.forEach((thing, key) => {
      if (vanished.has(thing.name)) return
      if (JSON.stringify(things.get(key)) !== JSON.stringify(thing))
        violated(`the storage ${thing.name} of somebody else is not what it was`)
    })
    const made = [...things].filter(
      ([key, { madeBy }]) => madeBy !== 'somebody' && HOLDS_IMAGES.test(key),
    )
    if (madeHere.size > 1 + edits)
      violated(`more than one storage was made: ${[...madeHere].join(', ')}`)
    if (made.length > 1 + edits) violated('a storage is left that nobody uses')
    if (writes > MOST_WRITES * (1 + edits) + MOST_WRITES_PER_FAULT * faults)
      violated(`${writes} writes`)
    const readable = database.everything().filter(([{ kind }]) => kind !== 'Secret')
    if (isTold(logged.join()) || readable.some(([, object]) => tells(object)))
      violated('a secret can be read')
  }

  return {
    faulted: (fault) => {
      faults += 1
      if (isToldAbout(fault)) mayBeDegraded = true
    },
    absent: (ms) => {
      absence += ms
      if (absence >= PATIENCE_MS) mayBeDegraded = true
    },
    vanished: (names) => {
      vanished.clear()
      names.forEach((name) => vanished.add(name))
    },
    edited: (isTrouble) => {
      edits += 1
      if (isTrouble) mayBeDegraded = true
    },
    write: (actor, request) => {
      if (request.kind !== 'Lease') wrote(actor, wordsOf(request))
    },
    storageWrite: (actor, words) => {
      wrote(actor, words)
      const [, name] = /^make (?:bucket|container) (.*)$/.exec(words) ?? []
      if (name === undefined) return
      if (vanished.has(name)) violated(`${actor.name} makes ${name} anew, which has vanished`)
      madeHere.add(name)
    },
    loss: (actor, name, images) => {
      const thing = [...things.values()].find((one) => one.name === name)
      if (thing?.madeBy === 'somebody')
        violated(`${actor.name} empties or removes ${name}, which is somebody else’s`)
      if (!configIsRemoved())
        violated(
          `${actor.name} removes ${name} with ${images} images although the registry is wanted`,
        )
    },
    happened: (acting, { type, object }) => {
      const uid = object.metadata.uid ?? ''
      if (acting !== undefined && type === 'ADDED') own.add(uid)
      // What somebody else has deleted goes when its finalizer does.
      const isDoomed = object.metadata.deletionTimestamp !== undefined
      if (acting !== undefined && type === 'DELETED' && !own.has(uid) && !isDoomed)
        violated(
          `${acting.name} deletes ${object.kind} ${object.metadata.name}, which it did not make`,
        )
      if (object.kind === 'Config' && type === 'MODIFIED') judgeConfig(object)
    },
    logged: (actor, event) => {
      const line = JSON.stringify(event)
      logged.push(line)
      if (event._tag === 'Unexpected') violated(`${actor.name}: ${line}`)
    },
    unhandled: (why) =>
      violated(`unhandled: ${why instanceof Error ? (why.stack ?? why.message) : String(why)}`),
    isOwn: (uid) => own.has(uid),
    lastWriteAt: () => lastWriteAt,
    verdict: () => {
      inTheEnd()
      return violations
    },
  }
}
