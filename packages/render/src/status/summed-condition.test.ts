import { describe, expect, it } from 'vitest'

import type { Condition, ConditionStatus } from '../model'
import { summedCondition } from './summed-condition'

const member = (
  type: string,
  status: ConditionStatus,
  reason = '',
  message = '',
): Condition<string> => ({ type, status, reason, message })

const available = (...members: ReadonlyArray<Condition<string>>) =>
  summedCondition('Available', members)

describe('a condition of the ClusterOperator', () => {
  it('keeps the reasons that scripts know where all is well', () => {
    const sum = available(
      member('Available', 'True', 'Ready', 'The registry is ready'),
      member('Progressing', 'False', 'Ready', 'no member'),
      member('NodeCADaemonAvailable', 'True', 'AsExpected', 'has available replicas'),
      member('ImagePrunerAvailable', 'True', 'AsExpected', 'has been created'),
    )
    expect(sum).toEqual({
      type: 'Available',
      status: 'True',
      reason: 'Ready',
      message: [
        'Available: The registry is ready',
        'NodeCADaemonAvailable: has available replicas',
        'ImagePrunerAvailable: has been created',
      ].join('\n'),
    })
  })

  it('gives no reason of a member that is well where another one is not', () => {
    const nodeCa = member('NodeCADaemonAvailable', 'False', 'NoAvailableReplicas', 'none')
    expect(available(member('Available', 'True', 'Ready', 'ready'), nodeCa)).toEqual({
      type: 'Available',
      status: 'False',
      reason: 'NodeCADaemonNoAvailableReplicas',
      message: 'Available: ready\nNodeCADaemonAvailable: none',
    })
  })

  it('gives every reason of those that are not well, sorted', () => {
    const sum = summedCondition('Degraded', [
      member('NodeCADaemonControllerDegraded', 'True', 'Error'),
      member('Degraded', 'True', 'Unavailable'),
      member('ImagePrunerDegraded', 'True', 'JobFailed'),
      member('ConfigObservationDegraded', 'Unknown', 'Lost'),
    ])
    expect(sum.status).toBe('True')
    expect(sum.reason).toBe('ImagePrunerJobFailed::NodeCADaemonControllerError::Unavailable')
  })

  it('is unknown where nobody is unwell and somebody does not know', () => {
    const nodeCa = member('NodeCADaemonAvailable', 'Unknown', 'Unknown')
    expect(available(member('Available', 'True', 'Ready'), nodeCa)).toMatchObject({
      status: 'Unknown',
      reason: 'NodeCADaemonUnknown',
    })
  })

  it('is as expected where nobody gives a reason', () => {
    expect(summedCondition('Degraded', [member('Degraded', 'False')])).toEqual({
      type: 'Degraded',
      status: 'False',
      reason: 'AsExpected',
      message: '',
    })
  })

  it('tells each line of a message with the type of the condition that it is of', () => {
    const sum = summedCondition('Degraded', [member('Degraded', 'True', 'Error', 'one\ntwo')])
    expect(sum.message).toBe('Degraded: one\nDegraded: two')
  })
})
