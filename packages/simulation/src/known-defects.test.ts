import {
  isJsonObject,
  objectsOf,
  type JsonObject,
  type KubeObject,
} from '@image-registry-operator/render/model'
import type { StorageDriver } from '@image-registry-operator/storage-drivers'
import * as T from 'fp-ts/Task'
import * as TE from 'fp-ts/TaskEither'
import { expect, it } from 'vitest'

import { changesOf, trialOfEdit } from './edit-trial'
import { LONGER_SCENARIOS } from './longer-scenarios'
import { replayed } from './choices'
import { noFaults } from './faults'
import { playHistory } from './history'
import type { Breakage } from './operator-process'
import { OPENSHIFT } from './settings'
import { undisturbed } from './trial'

/**
 * Defects that operators of registries have had, planted in ours where its surroundings let them in; `breakages.test.ts`
 * has those of a lease that is over, of writes that never end, and of what belongs to others.
 */

const driving =
  (change: (driver: StorageDriver) => StorageDriver): Breakage =>
  (deps) => ({ ...deps, driverFor: (backend) => T.map(change)(deps.driverFor(backend)) })

/** A bucket that is missing is made, whatever was in it. */
const remakesWhatVanished = driving((driver) => ({
  ...driver,
  observe: (access, scope) =>
    TE.tap(driver.observe(access, scope), ({ sight }) =>
      sight.parts.bucket?._tag === 'Absent'
        ? TE.fromTask(
            driver.ensure(
              { ...access, isWanted: () => true },
              [{ _tag: 'Create', part: 'bucket' }],
              () => () => undefined,
            ),
          )
        : TE.right(undefined),
    ),
}))

/** Emptying stops after the first objects, and is never tried again. */
const givesUpEmptying = driving((driver) => ({
  ...driver,
  remove: (access, parts, onProgress) =>
    parts.some(({ part }) => part === 'container' || part === 'bucket')
      ? TE.right(undefined)
      : driver.remove(access, parts, onProgress),
}))

/** Removing a storage of another kind than the Config names ends the process with an error. */
const throwsOnRemoval = driving((driver) => ({
  ...driver,
  remove: () => () => Promise.reject(new Error('a nil pointer')),
}))

const withConditions = (
  object: KubeObject,
  change: (conditions: ReadonlyArray<JsonObject>) => ReadonlyArray<JsonObject>,
): KubeObject => {
  const status = isJsonObject(object['status']) ? object['status'] : {}
  return status['conditions'] === undefined
    ? object
    : { ...object, status: { ...status, conditions: change(objectsOf(status['conditions'])) } }
}

const telling =
  (change: (conditions: ReadonlyArray<JsonObject>) => ReadonlyArray<JsonObject>): Breakage =>
  (deps) => ({
    ...deps,
    client: {
      ...deps.client,
      apply: (request) =>
        deps.client.apply(
          request.object.kind === 'Config'
            ? { ...request, object: withConditions(request.object, change) }
            : request,
        ),
    },
  })

/** A storage that is left behind is not told. */
const forgetsStorage = telling((conditions) =>
  conditions.filter(({ type }) => type !== 'StorageLeftBehind'),
)

/** Whatever is under way degrades it. */
const noisy = telling((conditions) => {
  const isUnderWay = conditions.some(
    ({ type, status }) => type === 'Progressing' && status === 'True',
  )
  return conditions.map((one) =>
    one['type'] === 'Degraded' && isUnderWay ? { ...one, status: 'True' } : one,
  )
})

const failuresOf = async (name: string, broken: Breakage): Promise<string> => {
  const scenario = LONGER_SCENARIOS.find((one) => one.name === name)
  if (scenario === undefined) throw new Error(`no scenario ${name}`)
  const course = { fault: () => noFaults, unrestSteps: 0, operators: 1 }
  const { violations, end } = await playHistory({
    ...course,
    scenario,
    choices: replayed([]),
    broken,
  })
  const expected = (await undisturbed(scenario)).end
  return [...violations, ...(end === expected ? [] : ['another end'])].join('\n')
}

it.each([
  [
    'makes what has vanished',
    remakesWhatVanished,
    'S3 that is made, vanished',
    'which has vanished',
  ],
  ['gives up emptying', givesUpEmptying, 'Swift that is made, deleted', 'another end'],
  [
    'throws when it removes a storage',
    throwsOnRemoval,
    'Swift that is made, deleted',
    'a defect of this operator',
  ],
  [
    'is Degraded by what is under way',
    noisy,
    'plain Kubernetes: a Gateway',
    'Degraded without a cause',
  ],
])('an operator that %s is found', async (_, broken, scenario, words) => {
  expect(await failuresOf(scenario, broken)).toContain(words)
})

it('an operator that does not tell of a storage that is left behind is found', async () => {
  const change = changesOf(OPENSHIFT).find(
    ({ before, after }) => before.name === 'S3 that is made' && after.name === 'Google of somebody',
  )
  if (change === undefined) throw new Error('there is no such change')
  const { failures } = await trialOfEdit(OPENSHIFT, change, forgetsStorage)
  expect(failures.join('\n')).toContain('StorageLeftBehind')
})
