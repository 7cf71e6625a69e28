import { describe, expect, it } from 'vitest'

import type { Condition } from '../model'
import { forCluster } from './for-cluster'
import { ROLLING_OUT } from './progressing'

const available = (status: Condition['status'], reason: string): Condition => ({
  type: 'Available',
  status,
  reason,
  message: '',
})

const SERVING = available('True', 'MinimumAvailability')
const failing: Condition = { ...ROLLING_OUT, reason: 'Error', message: 'Unable to apply resources' }

const told = (conditions: ReadonlyArray<Condition>, awaitsVersion = false) =>
  forCluster(conditions, { awaitsVersion }).map(({ type, status, reason }) =>
    [type, status, reason].join(' '),
  )

describe('what the cluster is told of the registry', () => {
  it('is nothing of pods that are replaced while others serve', () => {
    expect(told([SERVING, ROLLING_OUT])).toEqual([
      'Available True Ready',
      'Progressing False Ready',
    ])
  })

  it('is a rollout that brings the version which the cluster waits for', () => {
    expect(told([SERVING, ROLLING_OUT], true)[1]).toBe('Progressing True DeploymentNotCompleted')
  })

  it('is a rollout while nobody serves', () => {
    expect(told([available('False', 'NoReplicasAvailable'), ROLLING_OUT])).toEqual([
      'Available False NoReplicasAvailable',
      'Progressing True DeploymentNotCompleted',
    ])
  })

  it('is every failure, and whatever is said of the rest', () => {
    const nodeCa: Condition = { ...failing, type: 'NodeCADaemonProgressing', reason: 'Progressing' }
    expect(told([SERVING, failing, nodeCa]).slice(1)).toEqual([
      'Progressing True Error',
      'NodeCADaemonProgressing True Progressing',
    ])
  })
})
