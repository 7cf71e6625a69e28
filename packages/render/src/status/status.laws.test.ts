import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { describe as describeError } from '../errors-text/describe'
import { retry } from '../errors-text/retry'
import type { KubeObject } from '../model'
import { arbitraryApplyError, arbitraryError, arbitraryPass } from '../testing/pass.arbitrary'
import { NOW, withStatus } from '../testing/status-fixtures'
import { conditionFromError } from './condition-from-error'
import type { StatusInput } from './situation'
import { status } from './status'

const CAMEL_CASE = /^([A-Z][A-Za-z0-9]*)?$/

const later = (seconds: number): string =>
  new Date(Date.parse(NOW) + seconds * 1000).toISOString().replace('.000', '')

const written = (given: StatusInput): StatusInput => {
  const { subject } = given.observation
  const { patch } = status(given)
  return subject === undefined || patch === undefined
    ? given
    : { ...given, observation: { ...given.observation, subject: withStatus(subject, patch) } }
}

describe('status', () => {
  it('is written once: what was written needs no writing', () => {
    fc.assert(
      fc.property(arbitraryPass, (given) => {
        expect(status(written(given)).patch).toBeUndefined()
      }),
    )
  })

  it('does not change by time alone before the time that it asks for', () => {
    fc.assert(
      fc.property(arbitraryPass, fc.nat({ max: 100_000 }), (given, seconds) => {
        const after = written(given)
        const { requeueAfterMs = Infinity } = status(after)
        const wait = Math.min(seconds, Math.floor((requeueAfterMs - 1) / 1000))
        expect(status({ ...after, now: later(wait) }).patch).toBeUndefined()
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
            'Degraded',
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
