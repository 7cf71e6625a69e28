import * as E from 'fp-ts/Either'
import { describe, expect, test } from 'vitest'

import type { Json, KubeObject, Pruner } from '../../model'
import { decodePruner } from './decode-pruner'

const resource = (spec: unknown): KubeObject => ({
  apiVersion: 'imageregistry.operator.openshift.io/v1',
  kind: 'ImagePruner',
  metadata: { name: 'cluster' },
  // Whatever it is: that is what is tested.
  spec: spec as Json,
})

const refusalOf = (spec: unknown): ReadonlyArray<readonly [string, string]> => {
  const decoded = decodePruner(resource(spec))
  return E.isLeft(decoded) && decoded.left._tag === 'InvalidPruner'
    ? decoded.left.problems.map(({ path, message }) => [path, message])
    : []
}

const prunerOf = (spec: unknown): Pruner => {
  const decoded = decodePruner(resource(spec))
  if (E.isLeft(decoded)) throw new Error(JSON.stringify(decoded.left))
  return decoded.right
}

const DEFAULTS = {
  suspend: false,
  schedule: '0 0 * * *',
  keepTagRevisions: 3,
  successfulJobsHistoryLimit: 3,
  failedJobsHistoryLimit: 3,
  ignoreInvalidImageReferences: false,
  logLevel: 'Normal',
}

describe('an ImagePruner', () => {
  test('that is not there is no refusal of anything', () => {
    expect(decodePruner(undefined)).toEqual(E.left({ _tag: 'NoPruner' }))
  })

  test('that says nothing asks for the defaults', () => {
    expect(prunerOf({})).toEqual(DEFAULTS)
    expect(prunerOf({ schedule: '', logLevel: '' })).toEqual(DEFAULTS)
  })

  test('is completed where it says something', () => {
    const spec = {
      suspend: true,
      schedule: '@weekly',
      keepTagRevisions: 0,
      successfulJobsHistoryLimit: 0,
      failedJobsHistoryLimit: 1,
      ignoreInvalidImageReferences: true,
      logLevel: 'Trace',
      resources: { requests: { cpu: '1' } },
      affinity: {},
      nodeSelector: { a: 'b' },
      tolerations: [{ operator: 'Exists' }],
    }
    expect(prunerOf(spec)).toEqual(spec)
  })

  test.each<readonly [string, object, bigint | undefined]>([
    ['nothing', {}, undefined],
    ['nanoseconds', { keepYoungerThan: 10_000_000_000 }, 10_000_000_000n],
    ['no nanoseconds', { keepYoungerThan: 0 }, 0n],
    ['a text', { keepYoungerThanDuration: '1h' }, 3_600_000_000_000n],
    ['both', { keepYoungerThan: 5, keepYoungerThanDuration: '2m' }, 120_000_000_000n],
    ['a number that does not count', { keepYoungerThan: -5, keepYoungerThanDuration: '0s' }, 0n],
  ])('keeps images for as long as is said by %s', (_name, spec, expected) => {
    expect(prunerOf(spec).keepYoungerThanNs).toBe(expected)
  })

  test.each<readonly [string, unknown, string, string]>([
    ['without a spec', undefined, 'spec', 'must be an object, got nothing'],
    [
      'with a bad schedule',
      { schedule: '* * *' },
      'spec.schedule',
      'must have five fields, got 3 in "* * *"',
    ],
    [
      'with less than no revisions',
      { keepTagRevisions: -1 },
      'spec.keepTagRevisions',
      'must not be negative, got -1',
    ],
    [
      'with a negative age',
      { keepYoungerThan: -1 },
      'spec.keepYoungerThan',
      'must not be negative, got -1',
    ],
    [
      'with a negative duration',
      { keepYoungerThanDuration: '-1h' },
      'spec.keepYoungerThanDuration',
      'must not be negative, got "-1h"',
    ],
    [
      'with a negative history',
      { failedJobsHistoryLimit: -1 },
      'spec.failedJobsHistoryLimit',
      'must not be negative, got -1',
    ],
    [
      'with another negative history',
      { successfulJobsHistoryLimit: -1 },
      'spec.successfulJobsHistoryLimit',
      'must not be negative, got -1',
    ],
    [
      'with a field that does not exist',
      { schedul: '' },
      'spec.schedul',
      'is not a field that exists',
    ],
  ])('%s is refused', (_name, spec, path, message) => {
    expect(refusalOf(spec)).toEqual([[path, message]])
  })

  test('is refused for everything that is wrong with it at once', () => {
    const spec = { suspend: 'no', logLevel: 'Loud', schedule: '*/0 * * * *', keepTagRevisions: -1 }
    expect(refusalOf(spec).map(([path]) => path)).toEqual([
      'spec.logLevel',
      'spec.suspend',
      'spec.schedule',
      'spec.keepTagRevisions',
    ])
  })

  test('of another version is refused', () => {
    expect(
      decodePruner({ ...resource({}), apiVersion: 'imageregistry.operator.openshift.io/v2' }),
    ).toMatchObject({ left: { _tag: 'InvalidPruner', problems: [{ path: 'apiVersion' }] } })
  })

  test('can be suspended whatever else is wrong with its values', () => {
    expect(prunerOf({ suspend: true, schedule: 'now and then', keepTagRevisions: -1 })).toEqual({
      ...DEFAULTS,
      suspend: true,
    })
  })
})
