import { setTimeout as sleep } from 'node:timers/promises'

import { newImage } from '../storage-servers/registry/image'
import { pushImage } from '../storage-servers/registry/push-image'
import type { RegistryAccess } from '../storage-servers/registry/registry-request'
import { eventually } from './eventually'
import { type Pushed, pulledDigest } from './registry-round-trip'

/** An image that a registry has taken, without its bytes. */
export type Taken = Omit<Pushed, 'image'>

/** What did not go as asked. */
export type Failure = Readonly<{
  at: Date
  what: 'push' | 'pull'
  why: string
  /** Whether the registry has answered, but not as it should have. */
  isAnswer: boolean
}>

/** How much was done so far. */
export type Done = Readonly<{ pushes: number; pulls: number }>

/** Workers that push new images, and pull these and earlier ones, until they are told to stop. */
export type SteadyLoad = Readonly<{
  done: () => Done
  /** All failures so far; each was tried again until it went well. */
  failures: () => ReadonlyArray<Failure>
  /** Every image whose push was acknowledged. */
  taken: () => ReadonlyArray<Taken>
  /** Waits until each worker has begun and ended a push and two pulls from now on. */
  untilOnward: () => Promise<Done>
  /** Lets every worker end what it is at. */
  stop: () => Promise<void>
}>

export type LoadOptions = Readonly<{
  /** Where in the registry the images are; the number of the worker follows. */
  repository: string
  workers?: number
}>

/** Two layers, so that a push is many requests, and small ones, so that the load is of requests and not of bytes. */
const SIZES = [1_000, 40_000]
/** What others on the machine need to have a word. */
const PAUSE_MS = 50
/** More than a registry on a very slow machine takes, and less than for ever. */
const ANSWER_MS = 120_000
const ONWARD_MS = 240_000

const answered = async <A>(asked: Promise<A>): Promise<A> => {
  const ending = new AbortController()
  const silence = sleep(ANSWER_MS, undefined, ending).then(() => {
    throw Object.assign(new Error(`no answer in ${ANSWER_MS} ms`), { code: 'ETIMEDOUT' })
  })
  silence.catch(() => undefined)
  return Promise.race([asked, silence]).finally(() => ending.abort())
}

type Asked = Readonly<{ what: Failure['what']; ask: () => Promise<unknown> }>

/** Does what it is asked for until it goes well, as clients do; notes what did not. */
const persisting =
  (failures: Array<Failure>, isOver: () => boolean) =>
  async ({ what, ask }: Asked): Promise<boolean> => {
    for (;;) {
      try {
        await answered(ask())
        return true
      } catch (error) {
        // What comes of a connection has a code.
        const isAnswer = !(error instanceof Error && 'code' in error)
        failures.push({ at: new Date(), what, why: String(error), isAnswer })
        await sleep(PAUSE_MS)
        if (isOver()) return false
      }
    }
  }

/** Pulls an image; fails unless it is whole, and the one that was pushed. */
const pullBack = async (registry: RegistryAccess, { name, digest }: Taken): Promise<void> => {
  const came = await pulledDigest(registry, name)
  if (came !== digest) throw new Error(`${name} is ${came} and not ${digest}`)
}

/** Starts a load that is bounded: a worker asks for one thing at a time. */
export const startSteadyLoad = (
  registry: RegistryAccess,
  { repository, workers = 2 }: LoadOptions,
): SteadyLoad => {
  const taken: Array<Taken> = []
  const failures: Array<Failure> = []
  const rounds = Array.from({ length: workers }, () => 0)
  let pulls = 0
  let isOver = false
  const persist = persisting(failures, () => isOver)
  const pull = async (image: Taken | undefined): Promise<void> => {
    if (image === undefined) return
    if (await persist({ what: 'pull', ask: () => pullBack(registry, image) })) pulls += 1
  }
  const round = async (worker: number, number: number): Promise<void> => {
    const name = `${repository}-${worker}:v${number}`
    const image = newImage(SIZES)
    let digest = ''
    const push = async (): Promise<void> => {
      digest = await pushImage(registry, name, image)
    }
    if (!(await persist({ what: 'push', ask: push }))) return
    taken.push({ name, digest })
    await pull({ name, digest })
    await pull(taken[Math.floor(Math.random() * taken.length)])
    await sleep(PAUSE_MS)
  }
  const work = async (worker: number): Promise<void> => {
    for (let number = 1; !isOver; number += 1) {
      await round(worker, number)
      rounds[worker] = number
    }
  }
  const working = Promise.all(rounds.map((_, worker) => work(worker)))
  const done = (): Done => ({ pushes: taken.length, pulls })
  return {
    done,
    failures: () => [...failures],
    taken: () => [...taken],
    untilOnward: async () => {
      // The round that each is in now has begun before.
      const wanted = rounds.map((number) => number + 2)
      return eventually(
        'every worker has pushed and pulled',
        async () =>
          rounds.every((number, at) => number >= (wanted[at] ?? 0)) ? done() : undefined,
        ONWARD_MS,
      )
    },
    stop: async () => {
      isOver = true
      await working
    },
  }
}

/** Pulls images at leisure, a few at a time; tells of those that do not come back whole. */
export const notPulledBack = async (
  registry: RegistryAccess,
  images: ReadonlyArray<Taken>,
): Promise<ReadonlyArray<string>> => {
  const missing: Array<string> = []
  const left = [...images]
  const work = async (): Promise<void> => {
    for (let image = left.pop(); image !== undefined; image = left.pop()) {
      const { name } = image
      await pullBack(registry, image).catch((error: unknown) =>
        missing.push(`${name}: ${String(error)}`),
      )
    }
  }
  await Promise.all(Array.from({ length: 4 }, work))
  return missing
}
