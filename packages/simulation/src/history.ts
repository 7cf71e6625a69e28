import { loaded, objectDatabase, type ObjectDatabase } from '@image-registry-operator/apply/testing'
import { openshiftObjects } from '@image-registry-operator/operator/testing'
import type { KubeObject } from '@image-registry-operator/render/model'

import { isWrite } from './api-courier'
import type { Choices } from './choices'
import { startControllers } from './controllers'
import type { Deed } from './deeds'
import type { FaultPolicy } from './faults'
import type { OpenWatch } from './open-watch'
import { oracle } from './oracle'
import { startProcess, type Breakage, type ProcessDeps } from './operator-process'
import type { Scenario } from './scenarios'
import type { Doors, Things } from './storages'
import { newActor, newWorld, settled, type Actor, type World } from './world'
import { settledWorld } from './settled-world'
import { somebody } from './somebody'

/** What wakes an operator, and asks for nothing. */
export const WAKE_UPS = ['a touch', 'watches that are cut', 'watches that begin anew'] as const

export type WakeUp = (typeof WAKE_UPS)[number]

/** How a history goes. */
export type Course = {
  readonly scenario: Scenario
  readonly choices: Choices
  readonly fault: (world: World) => FaultPolicy
  /** For so many steps things may happen out of turn. */
  readonly unrestSteps: number
  /** How many processes stand for election at the beginning. */
  readonly operators: number
  /** What happens in the end that asks for nothing. */
  readonly wakeUps?: ReadonlyArray<WakeUp>
  /** What somebody does on the way: what is done at rest, in this order. */
  readonly deeds?: ReadonlyArray<Deed>
  /** A defect of the operator, to see that it is noticed. */
  readonly broken?: Breakage
}

/** What came of it. */
export type History = {
  /** What should never have happened; empty: all is well. */
  readonly violations: ReadonlyArray<string>
  readonly trace: ReadonlyArray<string>
  readonly taken: ReadonlyArray<number>
  /** Every write, in words, by its number. */
  readonly effects: ReadonlyArray<string>
  /** The cluster and the storages in the end, without what differs between two histories that are alike. */
  readonly end: string
  readonly steps: number
  /** How often what went wrong, or out of order. */
  readonly harm: ReadonlyMap<string, number>
}

/** What may happen at any moment. */
const DISTURBANCES = [
  '',
  'an operator dies',
  'an operator is frozen',
  'all watches are cut',
  'the past is forgotten',
  'somebody deletes',
  'somebody changes',
  'a watch is cut',
]

const START_MS = 1_767_225_600_000
/** Nobody writes for that long: longer than anything waits to be tried again. */
const QUIET_MS = 12 * 60_000
/** So long nobody writes before somebody does something that he does at rest: longer than it takes until another one leads. */
const REST_MS = 300_000
const MOST_STEPS = 6_000
const BOOKMARK_MS = 60_000
const RESTART_MS = 3_000
/** Long enough for a pass. */
const WAKE_UP_MS = 1_000
const LEASE_MS = 137_000
const PAST_ITS_LEASE_MS = 200_000

/** The same names for the same things, whatever happens first. */
const uids = (prefix: string) => {
  let count = 0
  return () => `00000000-0000-4000-8000-${prefix}${String((count += 1)).padStart(10, '0')}`
}

const template = async (cluster: () => Promise<ReadonlyArray<KubeObject>>) => {
  const database = objectDatabase({
    nowMs: () => START_MS,
    newUid: uids('00'),
    soon: () => undefined,
  })
  const objects = await cluster()
  objects.forEach((object) => loaded(database, object, 'installer'))
  return database
}

const templates = new Map<Scenario, Promise<ObjectDatabase>>()

const templateOf = (scenario: Scenario): Promise<ObjectDatabase> => {
  const known = templates.get(scenario)
  if (known !== undefined) return known
  const made = template(scenario.cluster ?? openshiftObjects).then((database) => {
    scenario.objects.forEach((object) => {
      const refusal = loaded(database, object, 'user')
      if (refusal !== undefined) throw new Error(`${object.kind}: ${refusal.message}`)
    })
    return database
  })
  templates.set(scenario, made)
  return made
}

/** Until nobody has written for so long, or for ever; gives how many steps it took. */
const comeToRest = async (
  world: World,
  { unrestSteps, quietMs }: { readonly unrestSteps: number; readonly quietMs: number },
  lastWriteAt: () => number,
): Promise<number> => {
  let quietSince = world.now()
  for (let steps = 0; steps < MOST_STEPS; steps += 1) {
    if (steps >= unrestSteps) world.calm()
    await world.step()
    if (!world.isCalm()) quietSince = world.now()
    if (world.now() - Math.max(quietSince, lastWriteAt()) > quietMs) return steps
  }
  return MOST_STEPS
}

/** Has something happen that asks for nothing, and waits for what comes of it, one after the other. */
const wakeUp = async (
  world: World,
  wakeUps: ReadonlyArray<WakeUp>,
  act: (what: WakeUp, count: number) => void,
): Promise<void> => {
  for (const [count, what] of wakeUps.entries()) {
    const until = world.now() + WAKE_UP_MS
    act(what, count)
    while (world.now() < until) await world.step()
  }
}

/** Plays a history to its end. */
export const playHistory = async (course: Course): Promise<History> => {
  const { scenario, choices } = course
  const rest = newActor('the rest of the world')
  const processes: Actor[] = []
  const watches = new Set<OpenWatch>()
  const effects: string[] = []
  const things: Things = new Map(Object.entries(scenario.things))
  const doors: Doors = { isClosed: false }
  const deeds = [...(scenario.deeds ?? []), ...(course.deeds ?? [])]
  let acting: Actor | undefined
  let started = 0

  const harm = new Map<string, number>()
  const harmed = (what: string): void => void harm.set(what, (harm.get(what) ?? 0) + 1)
  const cutWatches = (forgets: boolean): void => {
    world.tell(`the API server ${forgets ? 'forgets the past, and ' : ''}cuts all watches`)
    if (forgets) database.compact()
    watches.forEach((watch) => watch.cut())
  }

  const disturb = (now: World): void => {
    const alive = processes.filter(({ isDead }) => !isDead)
    const actor = alive[now.choices.choose(alive.length)]
    if (actor === undefined) return
    const which = now.choices.choose(DISTURBANCES.length)
    if (which > 0) harmed(DISTURBANCES[which] ?? '')
    switch (which) {
      case 1:
        return crash(actor)
      case 2:
        return freezeFor(actor, [1_000, 40_000, 200_000][now.choices.choose(3)] ?? 0)
      case 3:
        return cutWatches(false)
      case 4:
        return cutWatches(true)
      case 5:
        return meddler.remove()
      case 6:
        return meddler.change()
      case 7: {
        const open = [...watches]
        return open[now.choices.choose(open.length)]?.cut()
      }
      default:
        return undefined
    }
  }
  const world = newWorld(choices, disturb)
  const database = (await templateOf(scenario)).copied({
    nowMs: () => START_MS + world.now(),
    newUid: uids('11'),
    soon: (run) => world.pend(rest, '', run),
  })
  const judge = oracle({ world, database, things })
  const done = ({ words, act, isTrouble = false }: Deed): void => {
    world.tell(words)
    judge.edited(isTrouble)
    act({ database, things, doors, vanished: judge.vanished })
  }
  const meddler = somebody({ world, database, isOwn: judge.isOwn })

  const start = (): void => {
    started += 1
    if (started > course.operators) judge.absent(LEASE_MS)
    const actor = newActor(`operator ${started}`)
    processes.push(actor)
    startProcess(deps, actor)
  }
  const crash = (actor: Actor): void => {
    if (actor.isDead) return
    world.tell(`${actor.name}: is dead`)
    actor.isDead = true
    watches.forEach((watch) => (watch.actor === actor ? watch.drop() : undefined))
    world.after(rest, RESTART_MS, start)
  }
  const freezeFor = (actor: Actor, ms: number): void => {
    world.tell(`${actor.name}: is frozen for ${ms / 1000} s`)
    actor.frozenUntil = world.now() + ms
    judge.absent(ms)
    world.after(rest, ms, () => world.tell(`${actor.name}: wakes`))
  }
  const policy = course.fault(world)
  const deps: ProcessDeps = {
    world,
    database,
    watches,
    things,
    doors,
    fault: (request) => {
      const fault = policy(request)
      if (fault === undefined) return undefined
      harmed(fault)
      judge.faulted(fault)
      return fault
    },
    onDisorder: harmed,
    nextEffect: (words) => {
      const effect = effects.push(words) - 1
      deeds.forEach((deed) => {
        if (typeof deed.when !== 'string' && deed.when.afterWrite === effect)
          world.pend(rest, '', () => done(deed))
      })
      return effect
    },
    onRequest: (actor, request) => {
      acting = actor
      if (isWrite(request)) judge.write(actor, request)
    },
    onAnswered: () => {
      acting = undefined
    },
    onStorage: (actor, words) => judge.storageWrite(actor, words),
    onLoss: (actor, name, images) => judge.loss(actor, name, images),
    crash,
    freeze: (actor) => freezeFor(actor, PAST_ITS_LEASE_MS),
    onLog: (actor, event) => judge.logged(actor, event),
    onLost: crash,
    ...(course.broken === undefined ? {} : { broken: course.broken }),
  }

  database.subscribe((event) => judge.happened(acting, event))
  startControllers({ world, actor: rest, things }, database)
  const bookmarks = (): void => {
    watches.forEach((watch) => watch.bookmark())
    world.after(rest, BOOKMARK_MS, bookmarks)
  }
  world.after(rest, BOOKMARK_MS, bookmarks)
  deeds.filter(({ when }) => when === 'at first').forEach(done)
  Array.from({ length: course.operators }).forEach(start)

  const onRejection = (why: unknown): void => judge.unhandled(why)
  process.on('unhandledRejection', onRejection)
  // What has just been started asks its first questions.
  await settled()
  const { unrestSteps } = course
  let steps = 0
  for (const deed of deeds.filter(({ when }) => when === 'at rest')) {
    const { restMs: quietMs = REST_MS } = deed
    steps += await comeToRest(world, { unrestSteps, quietMs }, judge.lastWriteAt)
    done(deed)
  }
  steps += await comeToRest(world, { unrestSteps, quietMs: QUIET_MS }, judge.lastWriteAt)
  const end = settledWorld(database, things)
  const restSince = world.now()
  await wakeUp(world, course.wakeUps ?? [], (what, count) => {
    if (what === 'a touch') meddler.touch(count)
    else cutWatches(what === 'watches that begin anew')
    world.after(rest, WAKE_UP_MS, () => undefined)
  })
  if (judge.lastWriteAt() > restSince) judge.unhandled('it writes although nothing is to be done')
  process.off('unhandledRejection', onRejection)
  processes.forEach((actor) => (actor.isDead = true))
  if (steps >= MOST_STEPS) judge.unhandled('it never comes to rest')
  return {
    violations: judge.verdict(),
    trace: world.told(),
    taken: choices.taken(),
    effects,
    end,
    steps,
    harm,
  }
}
