import { expect, it } from 'vitest'

import type { StorageConsents, StorageContents } from '../model'
import { isGuarded } from './deletion-guard'

const contents = (bytes: number, isWhole = true): StorageContents => ({
  objects: 1,
  bytes,
  isWhole,
})

const NOTHING: StorageConsents = { recreate: '', confirmed: '', making: '' }

it.each<readonly [string, Partial<StorageConsents>, StorageContents | undefined, boolean]>([
  ['nobody wants to be asked', {}, contents(9), false],
  ['there is less than that', { guardBytes: 9 }, contents(9), false],
  ['there is more', { guardBytes: 8 }, contents(9), true],
  ['there may be more', { guardBytes: 10 }, contents(9, false), true],
  ['it has not been counted', { guardBytes: 10 }, undefined, true],
  ['somebody has confirmed it', { guardBytes: 8, confirmed: 's3/a' }, contents(9), false],
  ['another one is confirmed', { guardBytes: 8, confirmed: 's3/b' }, contents(9), true],
])('where %s, %j lets %j wait: %s', (_, consents, counted, expected) => {
  const sight = { parts: {}, ...(counted === undefined ? {} : { contents: counted }) }
  expect(
    isGuarded({ storageConsents: { ...NOTHING, ...consents } }, { place: 's3/a' }, { sight }),
  ).toBe(expected)
})
