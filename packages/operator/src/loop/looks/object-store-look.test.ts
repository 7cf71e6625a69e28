import { decode } from '@image-registry-operator/render'
import type { KubeObject } from '@image-registry-operator/render/model'
import type {
  ObjectStoreAnswer,
  OpenstackCredentials,
  ProbeError,
} from '@image-registry-operator/storage-drivers'
import * as E from 'fp-ts/Either'
import * as O from 'fp-ts/Option'
import { expect, it } from 'vitest'

import { configWith } from '../../testing/openshift-objects'
import { TEST_RELEASE } from '../../testing/recorded-io'
import { toldAnswers } from '../../testing/told-answers'
import { objectStoreLook } from './object-store-look'

const OPENSTACK: KubeObject = {
  apiVersion: 'config.openshift.io/v1',
  kind: 'Infrastructure',
  metadata: { name: 'cluster' },
  status: { platformStatus: { type: 'OpenStack' } },
}

const secret = (data: KubeObject['data']): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name: 'installer-cloud-credentials', namespace: 'openshift-image-registry' },
  ...(data === undefined ? {} : { data }),
})

const observed = (...objects: ReadonlyArray<KubeObject>) => decode(objects, TEST_RELEASE)

const WITH_SECRET = observed(OPENSTACK, secret({ 'clouds.yaml': 'digest' }))
const WITH_OTHER_SECRET = observed(OPENSTACK, secret({ 'clouds.yaml': 'other digest' }))
const WITH_CONFIG = observed(OPENSTACK, secret({ 'clouds.yaml': 'digest' }), configWith({}))

const base64 = (text: string): string => Buffer.from(text).toString('base64')
const VALUES = secret({ 'clouds.yaml': base64('clouds: {}'), cacert: base64('an authority') })

const YES = E.right({ usable: true })
const UNREACHABLE = E.left<ProbeError>({
  _tag: 'Unreachable',
  server: 'http://keystone',
  why: 'ECONNREFUSED',
})

type Answer = E.Either<ProbeError, ObjectStoreAnswer>

/** A look at a cloud that answers when it is told to. */
const looking = () => {
  const told = toldAnswers<OpenstackCredentials, Answer>()
  const look = objectStoreLook({
    ...told.deps,
    probeObjectStore: told.ask,
    valuesOf: () => O.some(VALUES),
  })
  return { ...told, look, status: () => look.seen().map((object) => object['status']) }
}

it('asks once, with what the Secret holds, and tells of the answer', async () => {
  const { look, asked, answer, status, changes } = looking()
  look.consider(WITH_SECRET)()
  look.consider(WITH_SECRET)()
  expect(asked).toEqual([
    {
      clouds: 'clouds: {}',
      cloud: 'openstack',
      authorities: 'an authority',
      proxy: { http: '', https: '', noProxy: '' },
    },
  ])
  expect(status()).toEqual([])
  await answer(YES)
  expect(status()).toEqual([{ usable: true }])
  look.consider(WITH_SECRET)()
  expect([asked.length, changes()]).toEqual([1, 1])
})

it('says what decoding understands', async () => {
  const { look, answer } = looking()
  look.consider(WITH_SECRET)()
  await answer(YES)
  expect(observed(OPENSTACK, ...look.seen()).facts.infrastructure).toMatchObject(
    E.right({ objectStore: 'present' }),
  )
})

it('asks again after a failure, ever later up to a minute, and tells of the same failure once', async () => {
  const { look, clock, asked, answer, status, changes } = looking()
  look.consider(WITH_SECRET)()
  await answer(UNREACHABLE)
  expect(status()).toMatchObject([
    {
      message: expect.stringContaining('http://keystone cannot be asked (ECONNREFUSED)') as string,
    },
  ])
  await clock.advance(999)
  expect(asked).toHaveLength(1)
  for (const [turn, wait] of [1, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000].entries()) {
    await clock.advance(wait)
    expect(asked).toHaveLength(turn + 2)
    await answer(UNREACHABLE)
  }
  expect(changes()).toBe(1)
  await clock.advance(60_000)
  await answer(YES)
  expect([status(), changes()]).toEqual([[{ usable: true }], 2])
  await clock.advance(600_000)
  expect(asked).toHaveLength(10)
})

it('asks anew with other credentials, and drops what is answered to the former ones', async () => {
  const { look, asked, answer, status } = looking()
  look.consider(WITH_SECRET)()
  look.consider(WITH_OTHER_SECRET)()
  expect(asked).toHaveLength(2)
  await answer(YES)
  expect(status()).toEqual([])
  await answer(E.right({ usable: false }))
  expect(status()).toEqual([{ usable: false }])
})

it('forgets the answer once there is a Config, so that the next first Config asks anew', async () => {
  const { look, asked, answer, status } = looking()
  look.consider(WITH_SECRET)()
  await answer(YES)
  look.consider(WITH_CONFIG)()
  expect(status()).toEqual([])
  look.consider(WITH_SECRET)()
  expect(asked).toHaveLength(2)
})

it('asks nobody once it is stopped', async () => {
  const { look, clock, asked, answer, changes } = looking()
  look.consider(WITH_SECRET)()
  await answer(UNREACHABLE)
  look.stop()
  await clock.advance(600_000)
  expect([asked.length, changes()]).toEqual([1, 1])
})
