import { describe, expect, it } from 'vitest'

import { type JsonObject, type KubeObject, names } from '../../model'
import { renderConfig } from '../../testing/render-config'
import { desiredOf } from '../../testing/desired-objects'
import { aConfig } from '../../testing/a-config'
import { someFacts } from '../../testing/some-facts'
import { podsInTheWay } from './pods-in-the-way'

const deployment = (replicas: number, isInTheWay = false): KubeObject => {
  const desired = renderConfig(aConfig({ replicas }), someFacts({ podsInTheWay: isInTheWay }))
  const found = desiredOf(desired, 'Deployment')?.object
  if (found === undefined) throw new Error('no Deployment')
  return { ...found, metadata: { ...found.metadata, generation: 7 } }
}

const reported = (replicas: number, available: number, updated = replicas): JsonObject => ({
  observedGeneration: 7,
  replicas,
  updatedReplicas: updated,
  // The controller leaves zeros out.
  ...(available === 0 ? {} : { availableReplicas: available }),
})

const strategyOf = (object: KubeObject) => [
  object.metadata.annotations?.[names.MAKES_ROOM_ANNOTATION],
  JSON.stringify(object['spec']).includes('"type":"Recreate"'),
]

describe('pods that keep apart', () => {
  it('are in the way while fewer than two of them run, for then there may be no other node', () => {
    const seen = (available: number) =>
      podsInTheWay([{ ...deployment(2), status: reported(2, available) }])
    expect([0, 1, 2].map(seen)).toEqual([true, true, false])
  })

  it('are the only ones that are', () => {
    expect(podsInTheWay([{ ...deployment(3), status: reported(3, 1) }])).toBe(false)
    expect(podsInTheWay([])).toBe(false)
    const { metadata, ...rest } = deployment(2)
    expect(podsInTheWay([{ ...rest, metadata: { ...metadata, namespace: 'mine' } }])).toBe(false)
  })

  it('go before others come, and stand aside for those of their own kind', () => {
    expect(strategyOf(deployment(3, true))).toEqual(['true', true])
    expect(strategyOf(deployment(1, true))).toEqual(['true', true])
    expect(strategyOf(deployment(3))).toEqual([undefined, false])
    expect(strategyOf(deployment(2, true))).toEqual([undefined, false])
    expect(strategyOf(deployment(0, true))).toEqual([undefined, false])
  })
})

describe('room that is being made', () => {
  const making = (status: JsonObject): boolean => podsInTheWay([{ ...deployment(3, true), status }])

  it('is made until none of the former pods is left, whether or not the new ones run', () => {
    expect(making({})).toBe(true)
    expect(making({ ...reported(3, 3), observedGeneration: 6 })).toBe(true)
    expect(making(reported(2, 2))).toBe(true)
    expect(making(reported(3, 3, 2))).toBe(true)
    expect(making(reported(4, 3, 3))).toBe(true)
    expect(making(reported(3, 3))).toBe(false)
    expect(making(reported(3, 0))).toBe(false)
  })
})
