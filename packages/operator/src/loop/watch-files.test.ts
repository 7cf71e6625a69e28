import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { expect, it } from 'vitest'

import { answersIn } from '@image-registry-operator/apply/testing'

import { fakeClock } from '../testing/fake-clock'
import { temporaryFolder } from '../testing/temporary-folder'
import { watchFiles } from './watch-files'

/** Reading a file takes a moment that no fake clock knows of, and a longer one on a busy machine. */
const moment = () => answersIn(150)

const watched = async () => {
  const folder = await temporaryFolder({ a: 'one', b: 'two' })
  const [a, b, missing] = [join(folder, 'a'), join(folder, 'b'), join(folder, 'missing')]
  const clock = fakeClock()
  const told: string[] = []
  const stop = await watchFiles({ clock, onChange: (file) => void told.push(file) }, [
    a,
    b,
    missing,
  ])()
  const later = async () => {
    await clock.advance(5_000)
    await moment()
  }
  return { a, b, missing, told, later, stop }
}

it('tells of the first file whose content changes, once', async () => {
  const { a, b, told, later } = await watched()
  await writeFile(a, 'one')
  await later()
  expect(told).toEqual([])
  await writeFile(b, 'three')
  await later()
  await writeFile(a, 'four')
  await later()
  expect(told).toEqual([b])
})

it('tells of a file that comes, and of one that goes', async () => {
  const one = await watched()
  await writeFile(one.missing, 'here')
  await one.later()
  expect(one.told).toEqual([one.missing])
  const other = await watched()
  await rm(other.a)
  await other.later()
  expect(other.told).toEqual([other.a])
})

it('tells of nothing once it is stopped', async () => {
  const { a, told, later, stop } = await watched()
  stop()
  await writeFile(a, 'three')
  await later()
  expect(told).toEqual([])
})
