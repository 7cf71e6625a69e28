import type { KubeObject } from '@image-registry-operator/render/model'
import * as E from 'fp-ts/Either'
import * as TE from 'fp-ts/TaskEither'
import { expect, it } from 'vitest'

import { awaitReadOnly, type AwaitReadOnlyDeps } from './await-read-only'

const podSpec = (isReadOnly: boolean) => ({
  containers: [
    {
      name: 'registry',
      env: isReadOnly
        ? [{ name: 'REGISTRY_STORAGE_MAINTENANCE_READONLY', value: '{enabled: true}' }]
        : [],
    },
  ],
})

const deployment = (isReadOnly: boolean): KubeObject => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'image-registry', generation: 1 },
  spec: { replicas: 1, template: { spec: podSpec(isReadOnly) } },
  status: { observedGeneration: 1, replicas: 1, updatedReplicas: 1, availableReplicas: 1 },
})

const pod = (isReadOnly: boolean): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'image-registry-a', labels: { 'docker-registry': 'default' } },
  spec: podSpec(isReadOnly),
  status: { phase: 'Running' },
})

const JOB: KubeObject = {
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: { name: 'j', creationTimestamp: '1970-01-01T00:00:00Z' },
}

type World = { readonly [kind: string]: ReadonlyArray<KubeObject> }

const NOTHING: World = {}

/** What a wait sees, look by look; the last stays. `undefined`: no answer. */
const waiting = async (...worlds: ReadonlyArray<World | undefined>) => {
  let nowMs = 0
  let looks = 0
  const said: string[] = []
  const deps: AwaitReadOnlyDeps = {
    client: {
      list: ({ kind }) => {
        const world = worlds[Math.min(looks, worlds.length - 1)]
        return world === undefined
          ? TE.left({ _tag: 'NoAnswer', cause: 'silence' })
          : TE.right({ resourceVersion: '1', items: world[kind] ?? [] })
      },
    },
    clock: { monotonicMs: () => nowMs, wallMs: () => nowMs },
    wait: (ms) => async () => {
      nowMs += ms
      looks += 1
    },
    say: (text) => () => void said.push(text),
  }
  const ended = await awaitReadOnly(deps, 'j')()
  return { ended, looks, said }
}

const world = (isReadOnly: boolean, podIs = isReadOnly): World => ({
  Job: [JOB],
  Deployment: [deployment(isReadOnly)],
  Pod: [pod(podIs)],
})

it('ends when no pod takes pushes, twice in a row', async () => {
  const { ended, looks, said } = await waiting(
    world(false),
    world(true, false),
    undefined,
    world(true),
    world(true, false),
    world(true),
  )
  expect([ended, looks]).toEqual([E.right(undefined), 6])
  expect(said).toEqual([
    'the registry is not told yet to take no pushes',
    'pods that take pushes have not ended yet: image-registry-a',
    'the API server does not answer, or refuses',
    'pods that take pushes have not ended yet: image-registry-a',
  ])
})

it('fails when that takes more than five minutes', async () => {
  const { ended, looks, said } = await waiting(world(false))
  expect(ended).toEqual(
    E.left('the Job is older than 5 minutes: the registry is not told yet to take no pushes'),
  )
  expect([looks, said.length]).toEqual([150, 1])
})

it('fails when nobody answers for five minutes', async () => {
  const { ended } = await waiting(undefined)
  expect(ended).toEqual(E.left('gave up: the API server does not answer, or refuses'))
})

it('fails at once when its Job is gone', async () => {
  expect(await waiting(NOTHING)).toMatchObject({ ended: E.left('the Job is gone'), looks: 0 })
})
