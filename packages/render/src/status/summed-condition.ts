import * as RA from 'fp-ts/ReadonlyArray'
import * as S from 'fp-ts/string'

import type { Condition, ConditionStatus, OperatorConditionType } from '../model'

type Member = Condition<string>

/** What each condition of a ClusterOperator is where all is well. */
const NORMAL: { readonly [Type in OperatorConditionType]: ConditionStatus } = {
  Available: 'True',
  Progressing: 'False',
  Degraded: 'False',
}

/** One condition of the ClusterOperator: the sum of all members whose type ends like its own. */
export const summedCondition = (
  type: OperatorConditionType,
  all: ReadonlyArray<Member>,
): Condition<OperatorConditionType> => {
  const members = all.filter((member) => member.type.endsWith(type))
  const deciding = decidingMembers(type, members)
  const reasons = reasonsOf(type, deciding)
  const status = deciding[0]?.status ?? NORMAL[type]
  return {
    type,
    status,
    reason: reasons === '' && status === NORMAL[type] ? 'AsExpected' : reasons,
    message: members.flatMap(lines).join('\n'),
  }
}

/**
 * Those that make the sum what it is: the ones that are not as they normally are, else those that do not know. Where
 * all is well that is everybody. The original lets those that are well always give a reason (`…::Ready`).
 */
const decidingMembers = (
  type: OperatorConditionType,
  members: ReadonlyArray<Member>,
): ReadonlyArray<Member> => {
  const unknown = members.filter(({ status }) => status === 'Unknown')
  const abnormal = members.filter(({ status }) => status !== 'Unknown' && status !== NORMAL[type])
  return [abnormal, unknown, members].find((some) => some.length > 0) ?? []
}

const reasonsOf = (suffix: OperatorConditionType, members: ReadonlyArray<Member>): string =>
  RA.sort(S.Ord)(
    members
      .filter(({ reason }) => reason !== '' && reason !== 'AsExpected')
      .map(({ type, reason }) => `${type.slice(0, -suffix.length)}${reason}`),
  ).join('::')

const lines = ({ type, message }: Member): ReadonlyArray<string> =>
  message === '' ? [] : message.split('\n').map((line) => `${type}: ${line}`)
