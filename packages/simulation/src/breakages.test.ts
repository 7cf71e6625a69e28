import type { StorageDriver } from '@image-registry-operator/storage-drivers'
import * as O from 'fp-ts/Option'
import * as T from 'fp-ts/Task'
import * as TE from 'fp-ts/TaskEither'
import { expect, it } from 'vitest'

import { replayed } from './choices'
import { noFaults, type Fault } from './faults'
import { playHistory } from './history'
import type { Breakage } from './operator-process'
import { SCENARIOS, type Scenario } from './scenarios'
import { trialOfFault, undisturbed } from './trial'

const scenarioNamed = (name: string): Scenario => {
  const found = SCENARIOS.find((scenario) => scenario.name === name)
  if (found === undefined) throw new Error(`no scenario ${name}`)
  return found
}

const EMPTY_DIR = scenarioNamed('emptyDir')
const BUCKET = scenarioNamed('a bucket of S3 that is to be made')
const THEIRS = scenarioNamed('a bucket of S3 that is somebody else’s')

/** Its clock stands still: it never notices that its lease is over. */
const withoutTime: Breakage = (deps) => ({
  ...deps,
  clock: { ...deps.clock, monotonicMs: () => 0, wallMs: () => 0 },
})

/** It generates another secret each time that it is started. */
const withChance: Breakage = (deps) => {
  const drawn = Math.random() * 256
  return { ...deps, randomBytes: (count) => () => new Uint8Array(count).fill(drawn) }
}

/** It logs what it copies. */
const talkative: Breakage = (deps) => ({
  ...deps,
  redact: (object) => object,
  keep: (object) => {
    if (object.kind === 'Secret')
      deps.log({ _tag: 'LeaseProblem', error: JSON.stringify(object) })()
    return deps.redact(object)
  },
})

/** It removes whatever it finds. */
const greedy: Breakage = (deps) => ({
  ...deps,
  driverFor: (backend) =>
    T.map((driver: StorageDriver): StorageDriver => ({
      ...driver,
      observe: (access, scope) =>
        TE.tap(driver.observe(access, scope), () =>
          driver.remove(
            { ...access, isWanted: () => true },
            [{ part: 'bucket', marks: { team: 'somebody' } }],
            () => () => undefined,
          ),
        ),
    }))(deps.driverFor(backend)),
})

/** It makes room for itself. */
const deletesOthers: Breakage = (deps) => ({
  ...deps,
  client: {
    ...deps.client,
    apply: (request) =>
      request.object.kind === 'Deployment'
        ? TE.flatMap(
            deps.client.read({
              apiVersion: 'v1',
              kind: 'ConfigMap',
              namespace: 'openshift-image-registry',
              name: 'of-somebody',
            }),
            (found) =>
              TE.flatMap(
                O.isSome(found)
                  ? deps.client.remove({
                      ref: { ...found.value, ...found.value.metadata },
                      uid: found.value.metadata.uid ?? '',
                      resourceVersion: found.value.metadata.resourceVersion ?? '',
                      propagation: 'Background',
                    })
                  : TE.right(O.none),
                () => deps.client.apply(request),
              ),
          )
        : deps.client.apply(request),
  },
})

/** It fails on the way. */
const rejecting: Breakage = (deps) => ({
  ...deps,
  client: {
    ...deps.client,
    apply: (request) =>
      request.object.kind === 'Service'
        ? () => Promise.reject(new Error('a defect'))
        : deps.client.apply(request),
  },
})

/** It never sees what it has written. */
const restless: Breakage = (deps) => ({
  ...deps,
  keep: (object, metadataOnly) => {
    const kept = deps.keep(object, metadataOnly)
    return object.kind === 'PodDisruptionBudget' ? { ...kept, spec: {} } : kept
  },
})

const failuresOf = async (
  scenario: Scenario,
  broken: Breakage,
  fault: Fault = 'crash after its effect',
  effectNamed = 'apply Deployment image-registry',
): Promise<string> => {
  const { effects } = await undisturbed(scenario)
  const effect = effects.findIndex((words) => words.endsWith(effectNamed))
  expect(effect).toBeGreaterThan(0)
  return (await trialOfFault(scenario, effect, fault, broken)).failures.join('\n')
}

it('an operator that does not notice the end of its lease is found', async () => {
  expect(await failuresOf(EMPTY_DIR, withoutTime, 'frozen past its lease')).toContain(
    'writes while the lease is',
  )
})

it('an operator that ends elsewhere after a crash is found', async () => {
  expect(await failuresOf(EMPTY_DIR, withChance)).toContain('in the end Secret')
})

it('an operator that tells secrets is found', async () => {
  expect(await failuresOf(BUCKET, talkative)).toContain('a secret can be read')
})

it('an operator that removes storage of others is found', async () => {
  expect(await failuresOf(THEIRS, greedy)).toContain('which is somebody else’s')
})

it('an operator that deletes objects of others is found', async () => {
  expect(await failuresOf(EMPTY_DIR, deletesOthers)).toContain(
    'deletes ConfigMap of-somebody, which it did not make',
  )
})

it('an operator that throws is found', async () => {
  expect(await failuresOf(EMPTY_DIR, rejecting)).toContain('a defect')
})

it('an operator that writes although nothing is to be done is found', async () => {
  const { violations } = await playHistory({
    scenario: EMPTY_DIR,
    choices: replayed([]),
    fault: () => noFaults,
    unrestSteps: 0,
    operators: 1,
    broken: restless,
  })
  expect(violations.join()).toContain('it never comes to rest')
})
