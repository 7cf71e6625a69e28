import { randomBytes, randomUUID } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'

import type {
  Condition,
  StorageTarget,
  StorageTrouble,
} from '@image-registry-operator/render/model'
import {
  clusterWithStorage,
  withRegistryRemoved,
  type World,
} from '@image-registry-operator/render/testing'

import type { FaultyRequest } from '../storage-servers/faults/faults'
import type { FaultCloud, Lane } from './fault-cloud'
import { allMishaps, mishapsOfKinds, passingMishaps, someMishaps } from './fault-plan'
import type { Mishap } from './fault-trap'
import { type Said, type Settled, untilSettled } from './storage-life'

/** What goes wrong in one life: while the storage is made, and while it is removed. */
export type Life = Readonly<{ make?: Mishap | undefined; remove?: Mishap | undefined }>

/** What one life came to. */
export type LifeEnd = Readonly<{
  /** The storage when it was made, as anybody sees it. */
  made: unknown
  /** What was left of it in the end: nothing. */
  left: unknown
  makeRequests: ReadonlyArray<FaultyRequest>
  removeRequests: ReadonlyArray<FaultyRequest>
  /** How many requests have failed on purpose. */
  faults: number
  /** What went wrong without anybody having been told why. */
  untold: ReadonlyArray<unknown>
}>

/** Names differ from life to life, and nothing else. */
const withoutNames = (look: unknown, names: Readonly<Record<string, string>>): unknown =>
  look === undefined
    ? undefined
    : JSON.parse(
        Object.entries(names)
          .filter(([name]) => name !== '')
          .reduce((text, [name, kind]) => text.replaceAll(name, kind), JSON.stringify(look)),
      )

const namesOf = (target: StorageTarget, uid: string, infrastructure: string) => ({
  ...Object.fromEntries(target.parts.map(({ name, kind }) => [name, kind])),
  [uid]: 'uid',
  [infrastructure]: 'infrastructure',
})

/** What was to be set, made or removed has been found to be so all the same, or cannot be so. */
const isOver = ({ conditions, sight }: Said, { verb, part, setting }: StorageTrouble): boolean => {
  const found = part === undefined ? undefined : sight?.parts[part]?._tag
  // Of what is not there nothing is set: StorageExists tells that.
  if (setting !== undefined && found === 'Absent') return true
  if (setting !== undefined)
    return conditions.some(
      ({ type, status, reason }) =>
        type === `Storage${setting}` && (status === 'True' || reason === 'NotSupported'),
    )
  const parts = Object.values(sight?.parts ?? {})
  if (verb === 'remove') return parts.every(({ _tag }) => _tag === 'Absent')
  return found === 'Present'
}

/** The failures of which no condition of the same moment names the operation, and what the service answered. */
const untoldTroubles = (said: Said): ReadonlyArray<StorageTrouble> =>
  said.troubles
    .filter((trouble) => trouble.error._tag !== 'Unsupported' && !isOver(said, trouble))
    .filter(({ error: { operation, code } }) => {
      const names = ({ message }: Condition): boolean =>
        message.includes(`${operation} on `) && message.includes(`(${code}`)
      return !said.conditions.some(names)
    })

/** For people: what has gone wrong, with which request. */
const describeMishap = (
  { nth, fault, moment, times }: Mishap,
  requests: ReadonlyArray<FaultyRequest>,
): string => {
  const request = nth === 'each' ? undefined : requests[nth - 1]
  const which = request === undefined ? 'each request' : `${request.method} ${request.path}`
  return `${fault} ${moment} ${which} (${nth}), ${times} times`
}

type Phase = Readonly<{
  settled: Settled
  requests: ReadonlyArray<FaultyRequest>
  faults: number
  untold: ReadonlyArray<unknown>
}>

type Spared = (request: FaultyRequest) => boolean

/** Lets it come to rest while that goes wrong. */
const phase = async (
  lane: Lane,
  world: World,
  { mishap, isSpared }: Readonly<{ mishap: Mishap | undefined; isSpared: Spared }>,
): Promise<Phase> => {
  lane.trap.arm(mishap, isSpared)
  const settled = await untilSettled({ driver: await lane.driver(), network: lane.network }, world)
  const requests = [...lane.trap.requests()]
  const untold = settled.said.flatMap(untoldTroubles).map((trouble) => ({
    trouble,
    ...(mishap === undefined ? {} : { what: describeMishap(mishap, requests) }),
  }))
  return { settled, requests, faults: lane.trap.faults(), untold }
}

/** Who wants it gone believes a service that says twice that nothing is there, and looks no more. */
const isBelieved =
  (cloud: FaultCloud, mishap: Mishap | undefined): Spared =>
  (request) =>
    mishap?.fault === 404 && mishap.times > 1 && cloud.tellsPresence(request)

const nothing: Spared = () => false

/** From nothing to a storage that is as it should be, and to nothing. */
const lived = async (cloud: FaultCloud, lane: Lane, { make, remove }: Life): Promise<LifeEnd> => {
  const uid = randomUUID()
  const infrastructure = `f${randomBytes(4).toString('hex')}-x7k2p`
  const begun = clusterWithStorage(lane.facts(infrastructure), uid, lane.spec)
  const making = await phase(lane, begun, { mishap: make, isSpared: nothing })
  const { target, world } = making.settled
  if (target === undefined)
    throw new Error(`no storage was wanted: ${JSON.stringify(making.settled.said.at(-1))}`)
  const names = namesOf(target, uid, infrastructure)
  const made = withoutNames(await cloud.look(target), names)
  await cloud.put(target)
  const removing = await phase(lane, withRegistryRemoved(world), {
    mishap: remove,
    isSpared: isBelieved(cloud, remove),
  })
  return {
    made,
    left: withoutNames(await cloud.look(target), names),
    makeRequests: making.requests,
    removeRequests: removing.requests,
    faults: making.faults + removing.faults,
    untold: [...making.untold, ...removing.untold],
  }
}

const inTurns = async <A>(
  lanes: ReadonlyArray<Lane>,
  all: ReadonlyArray<A>,
  act: (lane: Lane, one: A) => Promise<void>,
): Promise<void> => {
  const left = [...all]
  const work = async (lane: Lane): Promise<void> => {
    for (let one = left.shift(); one !== undefined; one = left.shift()) await act(lane, one)
  }
  await Promise.all(lanes.map(work))
}

const livesOf = (
  makes: ReadonlyArray<Mishap>,
  removes: ReadonlyArray<Mishap>,
): ReadonlyArray<Life> =>
  Array.from({ length: Math.max(makes.length, removes.length) }, (_, index) => ({
    make: makes[index],
    remove: removes[index],
  }))

/** What kind of request it is: without names, which all have the cluster's in them, without ids and values. */
const kindOf = ({ method, path }: FaultyRequest): string =>
  `${method} ${path
    .replace(/[\w.%~-]*f[0-9a-f]{8}[\w.%~-]*|imageregistry[a-z0-9]+/g, 'name')
    .replace(/[0-9a-f]{8}-[0-9a-f-]{27}|\b[0-9a-f]{32}\b/g, 'id')
    .replace(/=[^&]*/g, '')}`

/**
 * How much goes wrong, besides what goes wrong once with every request:
 *
 * - `some`: one thing with each kind of request
 * - `kinds`: everything with each kind of request
 * - `all`: everything with each request
 */
export type Breadth = 'some' | 'kinds' | 'all'

const PLANS: {
  readonly [B in Breadth]: (requests: ReadonlyArray<FaultyRequest>) => ReadonlyArray<Mishap>
} = {
  some: (requests) => someMishaps(requests, kindOf),
  kinds: (requests) => mishapsOfKinds(requests, kindOf),
  all: allMishaps,
}

const plannedLives = (
  { makeRequests, removeRequests }: LifeEnd,
  breadth: Breadth,
): ReadonlyArray<Life> => {
  const chosen = (requests: ReadonlyArray<FaultyRequest>): ReadonlyArray<Mishap> => [
    ...passingMishaps,
    ...PLANS[breadth](requests),
  ]
  return livesOf(chosen(makeRequests), chosen(removeRequests))
}

/** What a cloud and its driver came to, whatever went wrong. */
export type Verdict = Readonly<{
  lives: number
  /** How many requests have failed on purpose. */
  faults: number
  /** The lives that ended otherwise than the one in which nothing went wrong, and how. */
  wrong: ReadonlyArray<unknown>
  untold: ReadonlyArray<unknown>
}>

/** Lives all lives that are planned, a few at a time. */
export const liveAll = async (
  cloud: FaultCloud,
  { lanes: count, breadth }: Readonly<{ lanes: number; breadth: Breadth }>,
): Promise<Verdict> => {
  const lanes = await Promise.all(Array.from({ length: count }, () => cloud.lane()))
  const [first] = lanes
  if (first === undefined) throw new Error('there is no lane')
  try {
    const model = await lived(cloud, first, {})
    const lives = plannedLives(model, breadth)
    const wrong: unknown[] = []
    const untold: unknown[] = []
    let faults = 0
    await inTurns(lanes, lives, async (lane, life) => {
      const what = [
        life.make && `make: ${describeMishap(life.make, model.makeRequests)}`,
        life.remove && `remove: ${describeMishap(life.remove, model.removeRequests)}`,
      ]
      try {
        const end = await lived(cloud, lane, life)
        untold.push(...end.untold)
        faults += end.faults
        if (!isDeepStrictEqual(end.made, model.made)) wrong.push({ what, made: end.made })
        if (end.left !== undefined) wrong.push({ what, left: end.left })
      } catch (error) {
        wrong.push({ what, error: String(error) })
      }
    })
    return { lives: lives.length, faults, wrong, untold }
  } finally {
    for (const lane of lanes) await lane.stop()
  }
}
