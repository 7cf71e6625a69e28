import type { InProcessWatch } from '@image-registry-operator/apply/testing'
import type { KubeObject } from '@image-registry-operator/render/model'
import * as E from 'fp-ts/Either'
import { expect, it } from 'vitest'

import type { Choices } from './choices'
import { watching } from './open-watch'
import { newActor, newWorld } from './world'

type WatchEvent = Parameters<InProcessWatch['listener']['event']>[0]

const named = (name: string): WatchEvent => {
  const object: KubeObject = { apiVersion: 'v1', kind: 'Secret', metadata: { name } }
  return { _tag: 'Put', object }
}

const told = (event: WatchEvent): string => {
  if (event._tag === 'Put') return event.object.metadata.name
  return event._tag === 'Error'
    ? `error ${event.failure._tag === 'Refused' ? event.failure.code : ''}`
    : event._tag
}

/** A watch whose choices are these and then the plainest, and what it shows. */
const watched = (...chosen: ReadonlyArray<number>) => {
  const left = [...chosen]
  const choices: Choices = { choose: () => left.shift() ?? 0, taken: () => [] }
  const world = newWorld(choices, () => undefined)
  const shown: string[] = []
  const harm: string[] = []
  let happen: (event: WatchEvent) => void = () => undefined
  const actor = newActor('operator 1')
  watching(
    {
      world,
      actor,
      fault: () => undefined,
      nextEffect: () => 0,
      onEffect: () => undefined,
      onAnswered: () => undefined,
      onDisorder: (what) => harm.push(what),
      crash: () => undefined,
      freeze: () => undefined,
    },
    new Set(),
  )({
    request: {
      collection: { apiVersion: 'v1', kind: 'Secret', plural: 'secrets' },
      timeoutSeconds: 300,
      from: { _tag: 'InitialEvents' },
    },
    listener: {
      opened: () => undefined,
      received: () => undefined,
      event: (event) => shown.push(told(event)),
      ended: () => shown.push('ended'),
    },
    source: {
      begin: () => E.right([named('first')]),
      follow: (tell) => {
        happen = tell
        return () => undefined
      },
      bookmark: () => ({ _tag: 'Bookmark', resourceVersion: '1', initialEventsEnd: false }),
    },
  })
  return {
    world,
    shown,
    harm,
    /** Has that happen, one after the other, and takes as many steps. */
    after: async (...names: ReadonlyArray<string>) => {
      await world.step()
      for (const name of names) {
        happen(named(name))
        await world.step()
      }
      return shown
    },
  }
}

/** The first choice of a step is which of what is pending happens; the second of the opening is how far it is behind. */
const PLAIN = 0

it('a watch shows what happens as it happens', async () => {
  const { after, harm } = watched()
  expect(await after('a', 'b')).toEqual(['first', 'a', 'b'])
  expect(harm).toEqual([])
})

it.each([
  [1, ['first', 'a', 'a']],
  [2, ['first', 'a', 'a']],
  [3, ['first', 'error 410', 'ended']],
])('what is disturbed in way %i is told otherwise', async (way, expected) => {
  const { after, harm } = watched(PLAIN, PLAIN, PLAIN, way)
  expect(await after('a')).toEqual(expected)
  expect(harm).toHaveLength(1)
})

it('a watch that lags shows the last of it after a while', async () => {
  const { after, harm, shown, world } = watched(PLAIN, 4)
  expect(await after('a', 'b', 'c')).toEqual(['first', 'a'])
  expect(harm).toEqual(['a watch that lags'])
  while (shown.length < 4) await world.step()
  expect(shown).toEqual(['first', 'a', 'b', 'c'])
  expect(world.now()).toBe(20_000)
})

it('a watch that lags catches up when the world is calm', async () => {
  const { after, world } = watched(PLAIN, 4)
  await after('a', 'b')
  world.calm()
  expect(await after('c')).toEqual(['first', 'a', 'b', 'c'])
})
