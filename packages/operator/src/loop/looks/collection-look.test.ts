import { decode } from '@image-registry-operator/render'
import type { KubeObject } from '@image-registry-operator/render/model'
import * as E from 'fp-ts/Either'
import { expect, it } from 'vitest'

import type { CollectionError } from '../../pipeline/read-collection'
import { TEST_RELEASE } from '../../testing/recorded-io'
import { toldAnswers } from '../../testing/told-answers'
import { collectionLook } from './collection-look'

const dryRun = (uid: string, type = 'Complete'): KubeObject => ({
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: {
    name: `image-pruner-${uid}`,
    namespace: 'openshift-image-registry',
    uid,
    labels: { 'created-by': 'image-pruner' },
    ownerReferences: [{ kind: 'CronJob', name: 'image-pruner' }],
  },
  status: { conditions: [{ type, status: 'True' }] },
})

const found = (uid: string): KubeObject => ({
  apiVersion: 'image-registry-operator/v1',
  kind: 'Collection',
  metadata: { name: uid },
  status: { blobs: 1, manifests: 0 },
})

const NOT_READ = E.left<CollectionError>({ _tag: 'LogNotRead' })

type Answer = E.Either<CollectionError, KubeObject>

/** A look at a cluster that answers when it is told to. */
const looking = () => {
  const told = toldAnswers<string, Answer>()
  const look = collectionLook({ ...told.deps, readCollection: told.ask })
  return {
    ...told,
    look,
    consider: (...objects: ReadonlyArray<KubeObject>) =>
      look.consider(decode([...objects, ...look.seen()], TEST_RELEASE))(),
  }
}

it('reads the log of a dry run that has ended, once', async () => {
  const { look, asked, consider, answer, changes } = looking()
  consider(dryRun('a', 'Suspended'))
  expect(asked).toEqual([])
  consider(dryRun('a'))
  consider(dryRun('a'))
  await answer(E.right(found('a')))
  consider(dryRun('a'))
  expect([asked, look.seen(), changes()]).toEqual([['a'], [found('a')], 1])
})

it('forgets Jobs that are gone, and drops what is said of them', async () => {
  const { look, asked, consider, answer, changes } = looking()
  consider(dryRun('a'))
  consider()
  await answer(E.right(found('a')))
  expect([asked, look.seen(), changes()]).toEqual([['a'], [], 0])
})

it('tries again after a failure, ever later', async () => {
  const { look, clock, asked, consider, answer } = looking()
  consider(dryRun('a'))
  await answer(NOT_READ)
  consider(dryRun('a'))
  await clock.advance(999)
  expect(asked).toHaveLength(1)
  await clock.advance(1)
  await answer(NOT_READ)
  await clock.advance(1_999)
  expect(asked).toHaveLength(2)
  await clock.advance(1)
  await answer(E.right(found('a')))
  expect(look.seen()).toEqual([found('a')])
})

it('reads nothing on OpenShift', () => {
  const { asked, consider } = looking()
  const infrastructure = { apiVersion: 'config.openshift.io/v1', kind: 'Infrastructure' }
  consider(dryRun('a'), { ...infrastructure, metadata: { name: 'cluster' } })
  expect(asked).toEqual([])
})

it('reads nothing once it is stopped', async () => {
  const { look, clock, asked, consider, answer } = looking()
  consider(dryRun('a'))
  await answer(NOT_READ)
  look.stop()
  await clock.advance(600_000)
  expect(asked).toHaveLength(1)
})
