import * as E from 'fp-ts/Either'

import { describeApplyError } from '../errors-text/describe-apply-error'
import {
  type ActionOutcome,
  type ApplyObject,
  isJsonArray,
  isJsonObject,
  type Json,
  type JsonObject,
  type KubeObject,
  type Outcome,
  textOf,
} from '../model'
import { type ClusterEvent, normal, warning } from './cluster-event'

/** What the cluster asks of TLS servers is another thing now; not when it is written down for the first time. */
export const observedConfigEvents = (outcome: Outcome): ReadonlyArray<ClusterEvent> =>
  outcome.flatMap(observedConfigEvent).map((event) => ({ ...event, from: 'config-observer' }))

const observedConfigEvent = ({ action, result }: ActionOutcome): ReadonlyArray<ClusterEvent> => {
  if (action._tag !== 'ApplyObject' || !decidesObservedConfig(action)) return []
  if (E.isLeft(result)) {
    const text = `Failed to write observed config: ${describeApplyError(result.left)}`
    return [{ ...warning('ObservedConfigWriteError', text), lasting: true }]
  }
  const before = servingInfo(action.before)
  return before === undefined ? [] : changed(before, servingInfo(action.desired.object) ?? {})
}

const decidesObservedConfig = ({ ref, desired, changes }: ApplyObject): boolean =>
  ref.kind === 'Config' &&
  desired.mode === 'decide' &&
  changes.some(({ path }) => path.startsWith('spec.observedConfig'))

const servingInfo = (object: KubeObject | undefined): JsonObject | undefined => {
  const spec = object?.['spec']
  const observed = isJsonObject(spec) ? spec['observedConfig'] : undefined
  const info = isJsonObject(observed) ? observed['servingInfo'] : undefined
  return isJsonObject(info) ? info : undefined
}

const changed = (before: JsonObject, after: JsonObject): ReadonlyArray<ClusterEvent> => {
  const texts = [
    ...difference(before, after, 'minTLSVersion', textOf),
    ...difference(before, after, 'cipherSuites', showList),
  ]
  return [
    ...texts.map((text) => normal('ObserveTLSSecurityProfile', text)),
    normal('ObservedConfigChanged', texts.join('; ')),
  ].filter(({ message }) => message !== '')
}

const difference = (
  before: JsonObject,
  after: JsonObject,
  field: string,
  show: (value: Json | undefined) => string,
): ReadonlyArray<string> =>
  show(before[field]) === show(after[field]) ? [] : [`${field} changed to ${show(after[field])}`]

const showList = (value: Json | undefined): string =>
  `[${isJsonArray(value) ? value.map(textOf).join(' ') : ''}]`
