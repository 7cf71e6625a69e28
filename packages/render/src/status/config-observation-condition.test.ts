import { describe, expect, it } from 'vitest'

import { names, objectRef } from '../model'
import { someFacts } from '../testing/some-facts'
import { aPass, failed, NOW, SIX_MINUTES_AGO } from '../testing/status-fixtures'
import { configObservationCondition } from './config-observation-condition'
import { situation, type StatusInput } from './situation'

const TYPE = 'ConfigObservationDegraded'

const told = (input: StatusInput) => {
  const { subject } = input.observation
  return subject === undefined ? undefined : configObservationCondition(situation(input, subject))
}

const refused = failed({
  _tag: 'Invalid',
  ref: objectRef(names.CONFIG_API_VERSION, 'Config', 'cluster'),
  message: 'spec.observedConfig: no.',
})

describe('whether our decisions can be kept in the Config', () => {
  it('is said on OpenShift, without a reason while they can', () => {
    expect(told(aPass())).toEqual({
      conditions: [{ type: TYPE, status: 'False', reason: '', message: '' }],
    })
  })

  it('is not said on plain Kubernetes', () => {
    const { observation, ...rest } = aPass()
    const facts = someFacts({ platform: 'Kubernetes' })
    expect(told({ ...rest, observation: { ...observation, facts } })).toEqual({ conditions: [] })
  })

  it('alarms nobody before they have failed for two minutes', () => {
    const early = told(aPass({ outcome: [refused], now: NOW }))
    expect(early?.conditions[0]).toEqual({ type: TYPE, status: 'False', reason: '', message: '' })
    expect(early?.waitMs).toBeGreaterThan(119_000)
  })

  it('is an error with its text afterwards', () => {
    const late = { ...aPass({ outcome: [refused] }), failingSince: { config: SIX_MINUTES_AGO } }
    expect(told(late)?.conditions).toEqual([
      {
        type: TYPE,
        status: 'True',
        reason: 'Error',
        message: expect.stringContaining('spec.observedConfig: no') as unknown,
      },
    ])
  })
})
