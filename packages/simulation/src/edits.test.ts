import type { StorageDriver } from '@image-registry-operator/storage-drivers'
import * as O from 'fp-ts/Option'
import * as T from 'fp-ts/Task'
import * as TE from 'fp-ts/TaskEither'
import { expect, it } from 'vitest'

import { changesOf, trialOfEdit, type Change } from './edit-trial'
import type { Breakage } from './operator-process'
import { KUBERNETES, OPENSHIFT, SETTINGS } from './settings'

/** The whole of it is `pnpm fault-matrix --edits`. */
const ONE_IN = 197

const changes = changesOf(OPENSHIFT)

const changeNamed = (before: string, after: string): Change => {
  const found = changes.find((one) => one.before.name === before && one.after.name === after)
  if (found === undefined) throw new Error(`no change from ${before} to ${after}`)
  return found
}

it('there are at least 40 Configs, and every way from one to another', () => {
  expect(OPENSHIFT.scenarios.size).toBeGreaterThanOrEqual(40)
  expect(changes.length).toBe(OPENSHIFT.scenarios.size * (OPENSHIFT.scenarios.size - 1))
})

const sample = Object.entries(SETTINGS).flatMap(([platform, setting]) =>
  changesOf(setting)
    .filter((_, index) => index % ONE_IN === 0)
    .map(
      (change) => [platform, change.before.name, change.after.name, { setting, change }] as const,
    ),
)

it.each(sample)(
  'on %s, from %s to %s ends as if it had been wanted at once',
  async (_platform, _before, _after, { setting, change }) => {
    expect((await trialOfEdit(setting, change)).failures).toEqual([])
  },
)

it('a clean-up that nobody wants any more starts nothing, although the storage cannot be cleaned up now', async () => {
  const change = changesOf(KUBERNETES).find(
    ({ before, after }) => before.name === 'a clean-up' && after.name === 'emptyDir',
  )
  if (change === undefined) throw new Error('there is no such change')
  const { failures, history } = await trialOfEdit(KUBERNETES, change)
  expect(failures).toEqual([])
  expect(history.end).toContain('"suspend":true')
})

it.each([
  ['S3 that is made', 'nothing, and its claim goes as well'],
  ['S3 of somebody', 'nothing, and its claim goes as well'],
])('from %s to %s: the bucket stays, and that is told', async (before, after) => {
  expect((await trialOfEdit(OPENSHIFT, changeNamed(before, after))).failures).toEqual([])
})

/** It never takes back what it has made. */
const leavesRoutes: Breakage = (deps) => ({
  ...deps,
  client: {
    ...deps.client,
    remove: (request) =>
      request.ref.kind === 'Route' ? TE.right(O.none) : deps.client.remove(request),
  },
})

/** It does not look whose storage it removes: what it finds of its own goes. */
const tidy: Breakage = (deps) => ({
  ...deps,
  driverFor: (backend) =>
    T.map((driver: StorageDriver): StorageDriver => ({
      ...driver,
      observe: (access, scope) =>
        TE.tap(driver.observe(access, scope), ({ sight }) =>
          sight.parts.bucket?._tag === 'Present' && sight.parts.bucket.isEmpty === false
            ? driver.remove(
                { ...access, isWanted: () => true },
                access.target.parts.map(({ kind, marks }) => ({ part: kind, marks })),
                () => () => undefined,
              )
            : TE.right(undefined),
        ),
    }))(deps.driverFor(backend)),
})

it.each([
  [
    'takes nothing back',
    leavesRoutes,
    changeNamed('a default route', 'emptyDir'),
    'Route openshift-image-registry/default-route',
  ],
  [
    'empties what it has made',
    tidy,
    changeNamed('S3 that is made', 'three pods'),
    'although the registry is wanted',
  ],
])('an operator that %s is found', async (_name, broken, change, words) => {
  expect((await trialOfEdit(OPENSHIFT, change, broken)).failures.join('\n')).toContain(words)
})
