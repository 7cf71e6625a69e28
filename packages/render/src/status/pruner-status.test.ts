import * as E from 'fp-ts/Either'
import { describe, expect, test } from 'vitest'

import { type JsonObject, type KubeObject, names, objectRef, PRUNER_DEFAULTS } from '../model'
import { liveObjects } from '../testing/live-objects'
import { aPass, failed, NOW, TWO_MINUTES_AGO, withStatus } from '../testing/status-fixtures'
import { prunerStatus } from './pruner-status'
import type { StatusInput } from './situation'

const NS = names.REGISTRY_NAMESPACE

const CRON_JOB_REF = objectRef('batch/v1', 'CronJob', 'image-pruner', NS)

const imagePruner: KubeObject = {
  apiVersion: names.CONFIG_API_VERSION,
  kind: 'ImagePruner',
  metadata: { name: 'cluster', generation: 4 },
  spec: {},
}

const cronJob = (spec: JsonObject = {}, status: JsonObject = {}): KubeObject => ({
  apiVersion: 'batch/v1',
  kind: 'CronJob',
  metadata: { name: 'image-pruner', namespace: NS },
  spec,
  status,
})

type Told = {
  readonly at?: string
  readonly conditions?: ReadonlyArray<readonly [type: string, status: string]>
  readonly labels?: { readonly [key: string]: string }
  readonly owner?: string
}

const job = (
  name: string,
  {
    at = '2026-01-01T00:00:00Z',
    conditions = [],
    labels = { 'created-by': 'image-pruner' },
    owner = 'image-pruner',
  }: Told = {},
): KubeObject => ({
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: {
    name,
    namespace: NS,
    creationTimestamp: at,
    labels,
    ownerReferences: [{ apiVersion: 'batch/v1', kind: 'CronJob', name: owner, uid: 'u' }],
  },
  status: {
    conditions: conditions.map(([type, status]) => ({
      type,
      status,
      reason: 'BackoffLimitExceeded',
      message: `${name} has reached the limit`,
    })),
  },
})

const FAILED: Told = { conditions: [['Failed', 'True']] }
const COMPLETE: Told = { conditions: [['Complete', 'True']] }

type Changes = {
  readonly live?: ReadonlyArray<KubeObject>
  readonly suspend?: boolean
  readonly pass?: Partial<StatusInput>
}

const input = ({ live = [], suspend = false, pass = {} }: Changes = {}): StatusInput => {
  const base = aPass()
  return {
    ...base,
    observation: {
      ...base.observation,
      pruner: E.right({ ...PRUNER_DEFAULTS, suspend }),
      live: liveObjects(imagePruner, cronJob(), ...live),
    },
    ...pass,
  }
}

const conditions = (changes?: Changes) =>
  Object.fromEntries(
    prunerStatus(input(changes)).conditions.map(({ type, status, reason, message }) => [
      type,
      [status, reason, message],
    ]),
  )

const SUCCESS = ['False', 'Complete', 'Pruner completed successfully']

const failureOf = (name: string) => [
  'True',
  'BackoffLimitExceeded',
  `${name} has reached the limit`,
]

describe('the ImagePruner says of the clean-up', () => {
  test('that it is there and waits for its time', () => {
    expect(conditions()).toEqual({
      Available: ['True', 'AsExpected', 'Pruner CronJob has been created'],
      Failed: ['False', 'NoJobs', 'No pruner job has completed yet'],
      Scheduled: ['True', 'Scheduled', 'The pruner job has been scheduled'],
      Degraded: ['False', 'AsExpected', ''],
    })
  })

  test('that there is no CronJob', () => {
    const base = input()
    const live = liveObjects(imagePruner)
    const observation = { ...base.observation, live }
    expect(conditions({ pass: { observation } })).toMatchObject({
      Available: ['False', 'Error', 'Pruner CronJob does not exist'],
      Scheduled: ['False', 'Error', 'Pruner CronJob does not exist'],
    })
  })

  test('that it is suspended', () => {
    expect(conditions({ suspend: true })['Scheduled']).toEqual([
      'False',
      'Suspended',
      'The pruner job has been suspended',
    ])
  })

  test('that a CronJob is suspended which stays as it is', () => {
    const base = input({ live: [cronJob({ suspend: true })] })
    const observation = { ...base.observation, pruner: E.left({ _tag: 'NoPruner' as const }) }
    expect(conditions({ pass: { observation } })['Scheduled']?.[1]).toBe('Suspended')
  })

  test('that it succeeded', () => {
    expect(conditions({ live: [job('a', COMPLETE)] })['Failed']).toEqual(SUCCESS)
  })

  test('that it failed', () => {
    expect(conditions({ live: [job('a', FAILED)] })).toMatchObject({
      Failed: failureOf('a'),
      Degraded: ['True', 'JobFailed', 'a has reached the limit'],
    })
  })
})

describe('a Job that deletes garbage', () => {
  const { ownerReferences: _, ...metadata } = job('image-pruner-collect-a').metadata
  const collecting = (managedFields: JsonObject[]): KubeObject => ({
    ...job('image-pruner-collect-a', FAILED),
    metadata: { ...metadata, managedFields },
  })
  const applied = { manager: names.FIELD_MANAGER, operation: 'Apply', fieldsV1: {} }

  test('is a clean-up, too, if it is ours', () => {
    expect(conditions({ live: [collecting([applied])] })).toMatchObject({
      Failed: failureOf('image-pruner-collect-a'),
      Degraded: ['True', 'JobFailed', 'image-pruner-collect-a has reached the limit'],
    })
    expect(conditions({ live: [collecting([])] })['Failed']?.[1]).toBe('NoJobs')
  })
})

describe('of the Jobs', () => {
  const older = (told: Told): Told => ({ ...told, at: '2025-12-31T00:00:00Z' })

  test.each<readonly [string, ReadonlyArray<KubeObject>, ReadonlyArray<string>]>([
    ['the newest one counts', [job('b', older(FAILED)), job('a', COMPLETE)], SUCCESS],
    [
      'a success before it helps nothing',
      [job('b', older(COMPLETE)), job('a', FAILED)],
      failureOf('a'),
    ],
    ['the last name counts in the same second', [job('a', FAILED), job('b', COMPLETE)], SUCCESS],
    [
      'one that runs does not count yet',
      [job('b', older(FAILED)), job('a', { conditions: [['FailureTarget', 'True']] })],
      failureOf('b'),
    ],
    [
      'one that did not fail after all has not failed',
      [
        job('a', {
          conditions: [
            ['Failed', 'False'],
            ['Complete', 'True'],
          ],
        }),
      ],
      SUCCESS,
    ],
  ])('%s', (_name, live, expected) => {
    expect(conditions({ live })['Failed']).toEqual(expected)
  })

  test.each<readonly [string, Told]>([
    ['without the label', { ...FAILED, labels: {} }],
    ['with another label', { ...FAILED, labels: { 'created-by': 'me' } }],
    ['of another CronJob', { ...FAILED, owner: 'mine' }],
  ])('one %s is no clean-up', (_name, told) => {
    expect(conditions({ live: [job('a', told)] })['Failed']?.[1]).toBe('NoJobs')
  })

  test('one that failed is made good by a success of which the Job is gone', () => {
    const after = cronJob({}, { lastSuccessfulTime: '2026-01-01T06:00:00Z' })
    const before = cronJob({}, { lastSuccessfulTime: '2025-12-31T06:00:00Z' })
    expect(conditions({ live: [job('a', FAILED), after] })['Failed']).toEqual(SUCCESS)
    expect(conditions({ live: [job('a', FAILED), before] })['Failed']).toEqual(failureOf('a'))
    expect(conditions({ live: [after] })['Failed']).toEqual(SUCCESS)
  })

  test('one that failed degrades nothing any more once the clean-up is suspended', () => {
    expect(conditions({ live: [job('a', FAILED)], suspend: true })).toMatchObject({
      Failed: failureOf('a'),
      Degraded: ['False', 'AsExpected', ''],
    })
  })
})

const forbidden = failed({ _tag: 'Forbidden', ref: CRON_JOB_REF, message: 'no' })

const degradedIn = (pass: Partial<StatusInput>, live: ReadonlyArray<KubeObject> = []) => {
  const { conditions: all, waitMs } = prunerStatus(input({ live, pass }))
  const { status, reason, message } = all.find(({ type }) => type === 'Degraded') ?? {}
  return { status, reason, message, waitMs }
}

describe('objects that cannot be kept right', () => {
  test('are told at once when the ImagePruner is the reason', () => {
    const problems = [{ path: 'spec.schedule', message: 'is bad', remedy: 'mend it' }]
    const withheld = [{ ref: CRON_JOB_REF, problem: { _tag: 'PrunerUnusable' as const, problems } }]
    const { status, reason, message, waitMs } = degradedIn({ withheld })
    expect([status, reason, waitMs]).toEqual(['True', 'SyncError', undefined])
    expect(message).toBe(
      'Error: CronJob openshift-image-registry/image-pruner: ImagePruner cluster cannot be used: spec.schedule: is bad; mend it',
    )
  })

  test('are told after two minutes otherwise', () => {
    expect(degradedIn({ outcome: [forbidden] })).toMatchObject({ status: 'False', waitMs: 121_000 })
    expect(
      degradedIn({ outcome: [forbidden], failingSince: { pruner: TWO_MINUTES_AGO } }),
    ).toMatchObject({ status: 'True', reason: 'SyncError', waitMs: undefined })
  })

  test('are told on when they have been told', () => {
    const told = {
      ...imagePruner,
      status: {
        conditions: [{ type: 'Degraded', status: 'True', reason: 'SyncError', message: '' }],
      },
    }
    expect(degradedIn({ outcome: [forbidden] }, [told])).toMatchObject({ reason: 'SyncError' })
  })

  test('are told even where there is no ImagePruner', () => {
    const base = input()
    const observation = { ...base.observation, live: liveObjects() }
    const failingSince = { pruner: TWO_MINUTES_AGO }
    const status = prunerStatus({ ...base, observation, outcome: [forbidden], failingSince })
    expect(status.conditions.map(({ type, status: is }) => [type, is])).toContainEqual([
      'Degraded',
      'True',
    ])
    expect(status.patch).toBeUndefined()
    expect(prunerStatus({ ...base, observation })).toEqual({ conditions: [] })
  })

  test('of other parts are none of its business', () => {
    const deployment = objectRef('apps/v1', 'Deployment', 'image-registry', NS)
    const outcome = [failed({ _tag: 'Forbidden', ref: deployment, message: 'no' })]
    expect(degradedIn({ outcome })).toMatchObject({ status: 'False', waitMs: undefined })
  })
})

describe('the status of the ImagePruner', () => {
  test('is written whole', () => {
    const { patch, conditions: all } = prunerStatus(input())
    expect(patch?.object).toEqual({
      apiVersion: 'imageregistry.operator.openshift.io/v1',
      kind: 'ImagePruner',
      metadata: { name: 'cluster' },
      status: { observedGeneration: 4, conditions: all },
    })
    expect(all.map(({ lastTransitionTime }) => lastTransitionTime)).toEqual([NOW, NOW, NOW, NOW])
  })

  test('is not written when it is right', () => {
    const { patch } = prunerStatus(input())
    const written = withStatus(imagePruner, patch?.object ?? imagePruner)
    expect(prunerStatus(input({ live: [written] })).patch).toBeUndefined()
  })

  test('is not written when the API server says that we hold the list as one value', () => {
    const { patch } = prunerStatus(input())
    const { metadata, ...rest } = withStatus(imagePruner, patch?.object ?? imagePruner)
    const fieldsV1 = { 'f:status': { 'f:conditions': {}, 'f:observedGeneration': {} } }
    const managedFields = [
      { manager: names.STATUS_FIELD_MANAGER, operation: 'Apply', subresource: 'status', fieldsV1 },
    ]
    const live = [{ ...rest, metadata: { ...metadata, managedFields } }]
    expect(prunerStatus(input({ live })).patch).toBeUndefined()
  })

  test('is about an ImagePruner that was made in this pass', () => {
    const base = input()
    const ref = objectRef(names.CONFIG_API_VERSION, 'ImagePruner', 'cluster')
    const made = failed({ _tag: 'Forbidden', ref, message: '' })
    const outcome = [{ ...made, result: E.right(imagePruner) }]
    const observation = {
      ...base.observation,
      pruner: E.left({ _tag: 'NoPruner' as const }),
      live: liveObjects(cronJob()),
    }
    expect(prunerStatus({ ...base, observation, outcome }).patch?.object).toMatchObject({
      status: { observedGeneration: 4 },
    })
  })
})
