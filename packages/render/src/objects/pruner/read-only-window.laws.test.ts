import * as fc from 'fast-check'
import * as E from 'fp-ts/Either'
import { expect, test } from 'vitest'

import { decode } from '../../decode/decode'
import { type KubeObject, names, type Snapshot } from '../../model'
import { render } from '../../render'
import { someFacts } from '../../testing/some-facts'

const START = Date.parse('2026-01-01T00:00:00Z')

const MINUTE_MS = 60_000

/** The five minutes that a start may take, and one for clocks. */
const MARGIN_MINUTES = 6

const time = (minute: number): string => new Date(START + minute * MINUTE_MS).toISOString()

type Job = {
  readonly id: number
  readonly madeAt: number
  readonly deadlineMinutes: number
  readonly end: 'Complete' | 'Failed' | undefined
}

const job = ({ id, madeAt, deadlineMinutes, end }: Job): KubeObject => ({
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: {
    name: `${names.COLLECTING_JOB_PREFIX}${id}`,
    namespace: names.REGISTRY_NAMESPACE,
    uid: `uid-${id}`,
    creationTimestamp: time(madeAt),
    managedFields: [
      { manager: names.FIELD_MANAGER, operation: 'Apply', fieldsV1: { 'f:spec': {} } },
    ],
  },
  spec: { activeDeadlineSeconds: deadlineMinutes * 60 },
  status: { conditions: end === undefined ? [] : [{ type: end, status: 'True' }] },
})

const WORLD: Snapshot = [
  {
    apiVersion: 'apidiscovery.k8s.io/v2',
    kind: 'APIGroupDiscoveryList',
    items: ['', 'apps', 'batch', 'storage.k8s.io'].map((name) => ({ metadata: { name } })),
  },
  { apiVersion: 'v1', kind: 'Namespace', metadata: { name: names.REGISTRY_NAMESPACE } },
  {
    apiVersion: names.CONFIG_API_VERSION,
    kind: 'Config',
    metadata: {
      name: 'cluster',
      annotations: { [names.AUTHENTICATION_ANNOTATION]: 'none' },
    },
    spec: { managementState: 'Managed', replicas: 1, storage: { pvc: { claim: 'images' } } },
  },
  {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name: 'images', namespace: names.REGISTRY_NAMESPACE },
    spec: { accessModes: ['ReadWriteMany'] },
  },
  {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: names.SERVING_CERTIFICATE_SECRET, namespace: names.REGISTRY_NAMESPACE },
    data: { 'tls.crt': 'sha256:1', 'tls.key': 'sha256:2' },
  },
]

const moment = (minute: number) => ({
  apiVersion: names.SEEN_API_VERSION,
  kind: 'Moment',
  metadata: { name: 'now' },
  time: time(minute),
})

const isReadOnly = (jobs: ReadonlyArray<Job>, now: number): boolean => {
  const observation = decode([...WORLD, moment(now), ...jobs.map(job)], someFacts().release)
  const desired = render(observation, observation.facts)
  expect(E.isRight(observation.config)).toBe(true)
  const found = desired.objects.find(({ object }) => object.kind === 'Deployment')
  expect(found).toBeDefined()
  return JSON.stringify(found).includes('REGISTRY_STORAGE_MAINTENANCE_READONLY')
}

/** What happens in a minute: a Job is made, one ends, one goes; or nothing. */
type Event =
  | { readonly _tag: 'Made'; readonly deadlineMinutes: number }
  | { readonly _tag: 'Ended'; readonly which: number; readonly end: 'Complete' | 'Failed' }
  | { readonly _tag: 'Gone'; readonly which: number }
  | { readonly _tag: 'Quiet'; readonly minutes: number }

const event: fc.Arbitrary<Event> = fc.oneof(
  fc.record({
    _tag: fc.constant('Made' as const),
    deadlineMinutes: fc.integer({ min: 1, max: 90 }),
  }),
  fc.record({
    _tag: fc.constant('Ended' as const),
    which: fc.nat(3),
    end: fc.constantFrom('Complete' as const, 'Failed' as const),
  }),
  fc.record({ _tag: fc.constant('Gone' as const), which: fc.nat(3) }),
  fc.record({ _tag: fc.constant('Quiet' as const), minutes: fc.nat(60) }),
)

const after = (jobs: ReadonlyArray<Job>, happened: Event, now: number): ReadonlyArray<Job> => {
  switch (happened._tag) {
    case 'Made':
      return [
        ...jobs,
        { id: now, madeAt: now, deadlineMinutes: happened.deadlineMinutes, end: undefined },
      ]
    case 'Ended':
      return jobs.map((one, index) =>
        index === happened.which && one.end === undefined ? { ...one, end: happened.end } : one,
      )
    case 'Gone':
      return jobs.filter((_, index) => index !== happened.which)
    case 'Quiet':
      return jobs
  }
}

test('the registry takes no pushes only while a collecting Job is unfinished and younger than its limit', () => {
  fc.assert(
    fc.property(fc.array(event, { minLength: 1, maxLength: 12 }), (trace) => {
      let now = 0
      let jobs: ReadonlyArray<Job> = []
      for (const happened of trace) {
        now += happened._tag === 'Quiet' ? happened.minutes : 1
        jobs = after(jobs, happened, now)
        const mayDelete = jobs.some(
          ({ end, madeAt, deadlineMinutes }) =>
            end === undefined && now - madeAt < deadlineMinutes + MARGIN_MINUTES,
        )
        expect(isReadOnly(jobs, now)).toBe(mayDelete)
      }
    }),
    { numRuns: 60 },
  )
})

test('a Job that somebody else has made under such a name closes nothing', () => {
  const one = job({ id: 1, madeAt: 0, deadlineMinutes: 60, end: undefined })
  const foreign = { ...one, metadata: { ...one.metadata, managedFields: [] } }
  const observation = decode([...WORLD, moment(1), foreign], someFacts().release)
  expect(observation.facts.pruning?.collecting).toEqual([])
})
