import type { KubeClient } from '@image-registry-operator/apply'
import type { KubeObject } from '@image-registry-operator/render/model'
import * as E from 'fp-ts/Either'
import * as TE from 'fp-ts/TaskEither'
import { expect, it } from 'vitest'

import { readCollection } from './read-collection'

const pod = (name: string, uid: string): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: {
    name,
    namespace: 'openshift-image-registry',
    ownerReferences: [{ kind: 'Job', name: 'a', uid }],
  },
})

const refused = TE.left({ _tag: 'Refused' as const, code: 403, reason: 'Forbidden', message: '' })

const cluster = (
  logs: { readonly [pod: string]: string },
  ...items: ReadonlyArray<KubeObject>
): Pick<KubeClient, 'list' | 'readLog'> => ({
  list: () => TE.right({ resourceVersion: '1', items }),
  readLog: ({ pod: { name } }) => {
    const log = logs[name]
    return log === undefined ? refused : TE.right(log)
  },
})

const LOG = '\n3 blobs marked, 2 blobs and 1 manifests eligible for deletion\n'

it('says what the pod of the Job has logged', async () => {
  const client = cluster({ x: '', y: LOG }, pod('x', 'other'), pod('y', 'uid'))
  expect(await readCollection(client)('uid')()).toEqual(
    E.right({
      apiVersion: 'image-registry-operator/v1',
      kind: 'Collection',
      metadata: { name: 'uid' },
      status: { blobs: 2, manifests: 1 },
    }),
  )
})

it('says nothing where the pod is gone, or its log says nothing', async () => {
  const nothing = E.right(expect.objectContaining({ status: {} }))
  expect(await readCollection(cluster({}))('uid')()).toEqual(nothing)
  expect(await readCollection(cluster({ x: 'no' }, pod('x', 'uid')))('uid')()).toEqual(nothing)
})

it('fails where it may not read', async () => {
  expect(await readCollection(cluster({}, pod('x', 'uid')))('uid')()).toEqual(
    E.left({ _tag: 'LogNotRead' }),
  )
})
