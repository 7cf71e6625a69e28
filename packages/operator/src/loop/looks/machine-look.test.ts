import { decode } from '@image-registry-operator/render'
import type { KubeObject, ObjectRef } from '@image-registry-operator/render/model'
import * as E from 'fp-ts/Either'
import { expect, it } from 'vitest'

import type { MachineError } from '../../pipeline/read-machine'
import { TEST_RELEASE } from '../../testing/recorded-io'
import { toldAnswers } from '../../testing/told-answers'
import { machineLook } from './machine-look'

const node = (name: string): KubeObject => ({ apiVersion: 'v1', kind: 'Node', metadata: { name } })

const MACHINE: KubeObject = {
  apiVersion: 'image-registry-operator/v1',
  kind: 'Machine',
  metadata: { name: 'cluster' },
  spec: { providerID: 'aws:///eu-west-1a/i-0' },
}

const FORBIDDEN = E.left<MachineError>({ _tag: 'NodeNotRead', why: 'node a cannot be read (403)' })

type Answer = E.Either<MachineError, KubeObject>

/** A look at a cluster that answers when it is told to. */
const looking = () => {
  const told = toldAnswers<string, Answer>()
  const look = machineLook({ ...told.deps, readMachine: ({ name }: ObjectRef) => told.ask(name) })
  return {
    ...told,
    look,
    consider: (...objects: ReadonlyArray<KubeObject>) =>
      look.consider(decode([...objects, ...look.seen()], TEST_RELEASE))(),
  }
}

it('reads one node, once, and tells of its machine', async () => {
  const { look, asked, answer, consider, changes } = looking()
  consider(node('a'), node('b'))
  consider(node('a'), node('b'))
  expect([asked, look.seen()]).toEqual([['a'], []])
  await answer(E.right(MACHINE))
  consider(node('b'))
  expect([asked, look.seen(), changes()]).toEqual([['a'], [MACHINE], 1])
})

it('reads nothing on OpenShift, nor where there are no nodes', () => {
  const { asked, consider } = looking()
  const infrastructure = { ...node('cluster'), apiVersion: 'config.openshift.io/v1' }
  consider(node('a'), { ...infrastructure, kind: 'Infrastructure' })
  consider()
  expect(asked).toEqual([])
})

it('tries again after a failure, ever later, and tells of the same failure once', async () => {
  const { look, clock, asked, answer, consider, changes } = looking()
  consider(node('a'))
  await answer(FORBIDDEN)
  expect(look.seen()).toMatchObject([{ status: { message: 'node a cannot be read (403)' } }])
  consider(node('a'))
  await clock.advance(999)
  expect(asked).toHaveLength(1)
  await clock.advance(1)
  await answer(FORBIDDEN)
  await clock.advance(1_999)
  expect([asked.length, changes()]).toEqual([2, 1])
  await clock.advance(1)
  await answer(E.right(MACHINE))
  await clock.advance(600_000)
  expect([asked.length, changes(), look.seen()]).toEqual([3, 2, [MACHINE]])
})

it('reads another node where the first one has gone, and drops what is said of that', async () => {
  const { look, asked, answer, consider } = looking()
  consider(node('a'))
  consider(node('b'))
  expect(asked).toEqual(['a', 'b'])
  await answer(FORBIDDEN)
  expect(look.seen()).toEqual([])
  await answer(E.right(MACHINE))
  expect(look.seen()).toEqual([MACHINE])
})

it('reads nothing once it is stopped', async () => {
  const { look, clock, asked, answer, consider, changes } = looking()
  consider(node('a'))
  await answer(FORBIDDEN)
  look.stop()
  await clock.advance(600_000)
  expect([asked.length, changes()]).toEqual([1, 1])
})
