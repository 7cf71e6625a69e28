import { expect, it } from 'vitest'

import { type KubeObject, names } from '../../model'
import { defaultStorageClass } from './default-storage-class'
import { keptObject } from '../manifest/kept-object'

const [MARK, OLD_MARK] = names.DEFAULT_CLASS_ANNOTATIONS

const storageClass = (
  name: string,
  annotations: { readonly [name: string]: string } = {},
  creationTimestamp = '2026-01-01T00:00:00Z',
): KubeObject => ({
  apiVersion: 'storage.k8s.io/v1',
  kind: 'StorageClass',
  metadata: { name, creationTimestamp, annotations: { 'other/one': 'x', ...annotations } },
  provisioner: 'example.com/disk',
})

const defaultOf = (...classes: ReadonlyArray<KubeObject>) =>
  defaultStorageClass(classes.map((one) => keptObject(one, true)))

it('the default class is the one that is marked as such', () => {
  expect(defaultOf(storageClass('slow'), storageClass('fast', { [MARK]: 'true' }))).toBe('fast')
  expect(defaultOf(storageClass('old', { [OLD_MARK]: 'true' }))).toBe('old')
})

it('there is none where none is marked, or the mark says no', () => {
  expect(defaultOf()).toBeUndefined()
  expect(defaultOf(storageClass('a'), storageClass('b', { [MARK]: 'false' }))).toBeUndefined()
  const bare = { apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass', metadata: { name: 'c' } }
  expect(defaultOf(bare)).toBeUndefined()
})

it('of several it is the newest one, whatever their order', () => {
  const classes = [
    storageClass('a', { [MARK]: 'true' }, '2026-01-01T00:00:00Z'),
    storageClass('c', { [MARK]: 'true' }, '2026-03-01T00:00:00Z'),
    storageClass('b', { [MARK]: 'true' }, '2026-03-01T00:00:00Z'),
  ]
  expect(defaultOf(...classes)).toBe('b')
  expect(defaultOf(...[...classes].reverse())).toBe('b')
  const { metadata } = storageClass('d', { [MARK]: 'true' })
  const { creationTimestamp: _, ...timeless } = metadata
  const undated = { ...storageClass('d'), metadata: { ...timeless, name: 'd' } }
  expect(defaultOf(undated, ...classes)).toBe('b')
})

it('nothing else is kept of a class', () => {
  expect(keptObject(storageClass('fast', { [MARK]: 'true' }), true)).toEqual({
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: {
      name: 'fast',
      annotations: { [MARK]: 'true' },
      creationTimestamp: '2026-01-01T00:00:00Z',
    },
  })
})
