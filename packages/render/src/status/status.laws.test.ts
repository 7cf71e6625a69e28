import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { describe as describeError } from '../errors-text/describe'
import { retry } from '../errors-text/retry'
import { isJsonObject, type KubeObject, names, objectsOf } from '../model'
import { liveObjects } from '../testing/live-objects'
import { arbitraryApplyError, arbitraryError, arbitraryPass } from '../testing/pass.arbitrary'
import { NOW, withStatus } from '../testing/status-fixtures'
import { conditionFromError } from './condition-from-error'
import type { StatusInput } from './situation'
import { patchOf } from '../testing/render-config'
import { status } from './status'

const CAMEL_CASE = /^([A-Z][A-Za-z0-9]*)?$/

const later = (seconds: number): string =>
  new Date(Date.parse(NOW) + seconds * 1000).toISOString().replace('.000', '')

const written = (given: StatusInput): StatusInput => {
  const { subject } = given.observation
  const patch = patchOf(status(given))
  return subject === undefined || patch === undefined
    ? given
    : { ...given, observation: { ...given.observation, subject: withStatus(subject, patch) } }
}

const OPERATOR: KubeObject = {
  apiVersion: names.OPENSHIFT_API_VERSION,
  kind: 'ClusterOperator',
  metadata: { name: names.CLUSTER_OPERATOR_NAME },
}

const withOperator = (given: StatusInput, operator: KubeObject): StatusInput => ({
  ...given,
  observation: {
    ...given.observation,
    live: liveObjects(...given.observation.live.values(), operator),
  },
})

describe('status', () => {
  it('is written once: what was written needs no writing', () => {
    fc.assert(
      fc.property(arbitraryPass, (given) => {
        expect(patchOf(status(written(given)))).toBeUndefined()
      }),
    )
  })

  it('does not change by time alone before the time that it asks for', () => {
    fc.assert(
      fc.property(arbitraryPass, fc.nat({ max: 100_000 }), (given, seconds) => {
        const after = written(given)
        const { requeueAfterMs = Infinity } = status(after)
        const wait = Math.min(seconds, Math.floor((requeueAfterMs - 1) / 1000))
        expect(patchOf(status({ ...after, now: later(wait) }))).toBeUndefined()
      }),
    )
  })

  it('of the ClusterOperator is written once as well', () => {
    fc.assert(
      fc.property(arbitraryPass, (given) => {
        const before = withOperator(written(given), OPERATOR)
        const patch = patchOf(status(before), 'ClusterOperator') ?? OPERATOR
        const after = withOperator(before, withStatus(OPERATOR, patch))
        expect(patch).not.toBe(OPERATOR)
        expect(patchOf(status(after), 'ClusterOperator')).toBeUndefined()
      }),
    )
  })

  it('leaves nothing unsaid once no work is under way', () => {
    fc.assert(
      fc.property(arbitraryPass, arbitraryPass, (first, second) => {
        const { subject } = written(first).observation
        const given =
          subject === undefined
            ? second
            : { ...second, observation: { ...second.observation, subject } }
        const { conditions } = status(given)
        const isUnderWay = conditions.some(
          ({ type, status: is }) =>
            (type === 'Progressing' || type === 'Reconciling') && is === 'True',
        )
        const stands = written(given).observation.subject?.['status']
        const said = isJsonObject(stands) ? objectsOf(stands['conditions']) : []
        const reasons = said.map(({ type, reason, message }) => ({ type, reason, message }))
        fc.pre(!isUnderWay)
        expect(reasons).toEqual(
          conditions.map(({ type, reason, message }) => ({ type, reason, message })),
        )
      }),
    )
  })

  it('has every condition once, with a CamelCase reason', () => {
    fc.assert(
      fc.property(arbitraryPass, (given) => {
        const { conditions } = status(given)
        expect(conditions.map(({ type }) => type).sort()).toEqual(
          [
            'Available',
            'AzureStackCloudControllerDegraded',
            'ConfigObservationDegraded',
            'Degraded',
            'ImageConfigControllerDegraded',
            'ImageRegistryCertificatesControllerDegraded',
            'NodeCADaemonAvailable',
            'NodeCADaemonControllerDegraded',
            'NodeCADaemonProgressing',
            'Progressing',
            'Ready',
            'Reconciling',
            'Removed',
            'StorageExists',
            'Stalled',
          ].sort(),
        )
        expect(conditions.filter(({ reason }) => !CAMEL_CASE.test(reason))).toEqual([])
      }),
    )
  })

  it('tells neither a version nor a time nor a type of Go', () => {
    fc.assert(
      fc.property(arbitraryPass, (given) => {
        const messages = status(given)
          .conditions.map(({ message }) => message)
          .join('\n')
        expect(messages).not.toMatch(/\d{4}-\d\d-\d\dT|resourceVersion: \d|\*v1\./)
        const version = (given.observation.subject as KubeObject).metadata.resourceVersion ?? '?'
        expect(messages).not.toContain(version)
      }),
    )
  })

  it('does not depend on the order of what failed', () => {
    fc.assert(
      fc.property(arbitraryPass, (given) => {
        const reversed = {
          ...given,
          outcome: [...given.outcome].reverse(),
          withheld: [...given.withheld].reverse(),
        }
        const reasons = (input: StatusInput) =>
          status(input)
            .conditions.filter(({ type }) => type !== 'StorageExists')
            .map(({ reason, message }) => [reason, message])
        expect(reasons(reversed)).toEqual(reasons(given))
      }),
    )
  })

  it('never says that it is ready and stalled, or stalled and reconciling', () => {
    fc.assert(
      fc.property(arbitraryPass, (given) => {
        const isTrue = status(given)
          .conditions.filter((condition) => condition.status === 'True')
          .map(({ type }) => type)
        const exclusive = isTrue.filter((type) =>
          ['Ready', 'Reconciling', 'Stalled'].includes(type),
        )
        expect(exclusive.length).toBeLessThanOrEqual(1)
        expect(isTrue.includes('Ready') && isTrue.includes('Degraded')).toBe(false)
      }),
    )
  })
})

describe('every error', () => {
  it('has a reason, and one line that says what', () => {
    fc.assert(
      fc.property(arbitraryError, (error) => {
        expect(conditionFromError(error).reason).toMatch(/^[A-Z][A-Za-z]+$/)
        expect(describeError(error)).toMatch(/^[^\n]{15,}$/)
        expect(describeError(error)).not.toMatch(/undefined|\[object/)
      }),
    )
  })

  it('of a write has a time to try again', () => {
    fc.assert(
      fc.property(arbitraryApplyError, (error) => {
        expect(['Soon', 'After', 'OnChange']).toContain(retry(error)._tag)
      }),
    )
  })
})
