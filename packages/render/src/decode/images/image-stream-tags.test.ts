import { expect, it } from 'vitest'

import type { KubeObject } from '../../model'
import { imageStreamTags } from './image-stream-tags'
import { keptObject } from '../manifest/kept-object'

const stream = (
  namespace: string,
  imported: ReadonlyArray<string>,
  all: ReadonlyArray<string>,
): KubeObject => ({
  apiVersion: 'image.openshift.io/v1',
  kind: 'ImageStream',
  metadata: {
    name: 'a',
    namespace,
    uid: 'u',
    resourceVersion: '7',
    labels: { large: 'x' },
    managedFields: [],
  },
  spec: { tags: imported.map((name) => ({ name, from: { kind: 'DockerImage' } })) },
  status: { tags: all.map((tag) => ({ tag, items: [{ image: 'sha256:a' }] })) },
})

const kept = (object: KubeObject): KubeObject => keptObject(object, false)

it('keeps of an image stream how many tags it has, and nothing else', () => {
  const counted = {
    apiVersion: 'image.openshift.io/v1',
    kind: 'ImageStream',
    metadata: { name: 'a', namespace: 'b', uid: 'u', resourceVersion: '7' },
    tags: { imported: 1, pushed: 2 },
  }
  const once = kept(stream('b', ['x', 'not yet'], ['x', 'y', 'z']))
  expect(once).toEqual(counted)
  expect(kept(once)).toEqual(counted)
})

it('counts the tags by source and location', () => {
  const streams = [
    stream('openshift', ['x'], ['x']),
    stream('openshift-mine', [], ['x', 'y']),
    stream('mine', ['x', 'y'], ['x', 'y', 'z']),
    stream('yours', [], []),
  ]
  expect(imageStreamTags(streams.map(kept))).toEqual([
    { source: 'imported', location: 'openshift', count: 1 },
    { source: 'pushed', location: 'openshift', count: 2 },
    { source: 'imported', location: 'other', count: 2 },
    { source: 'pushed', location: 'other', count: 1 },
  ])
})

it('says nothing where there are none, and takes what is malformed as empty', () => {
  expect(imageStreamTags([])).toEqual([])
  const broken = { ...stream('b', [], []), spec: 'x', status: { tags: 'y' } }
  expect(imageStreamTags([kept(broken)]).map(({ count }) => count)).toEqual([0, 0, 0, 0])
  expect(imageStreamTags([{ ...broken, tags: { imported: 'many' } }])).toHaveLength(4)
})
