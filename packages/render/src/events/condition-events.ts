import {
  isJsonObject,
  type JsonObject,
  type KubeObject,
  names,
  objectRef,
  objectsOf,
  textOf,
} from '../model'
import { type ClusterEvent, normal, warning } from './cluster-event'

/** The Config before this pass, and as it was written in it. */
export type Written = { readonly before: KubeObject | undefined; readonly after: KubeObject }

/** What became of the registry without somebody asking for it just now; each once, when it begins or ends. */
export const conditionEvents = (written: Written): ReadonlyArray<ClusterEvent> =>
  [...availability(written), ...degradation(written), ...removal(written)].map((event) => ({
    ...event,
    related: CONFIG,
  }))

const CONFIG = objectRef(names.CONFIG_API_VERSION, 'Config', names.SINGLETON_NAME)

const conditionIn = (object: KubeObject | undefined, type: string): JsonObject | undefined => {
  const status = object?.['status']
  return isJsonObject(status)
    ? objectsOf(status['conditions']).find((condition) => condition['type'] === type)
    : undefined
}

const statusIn = (object: KubeObject | undefined, type: string): string =>
  textOf(conditionIn(object, type)?.['status'])

const sinceIn = (object: KubeObject | undefined, type: string): string =>
  textOf(conditionIn(object, type)?.['lastTransitionTime'])

const messageIn = (object: KubeObject, type: string): string =>
  textOf(conditionIn(object, type)?.['message'])

/** The condition's status was the one and is the other. */
const turned = (type: string, from: string, to: string, { before, after }: Written): boolean =>
  statusIn(before, type) === from && statusIn(after, type) === to

const isMoving = (object: KubeObject | undefined): boolean =>
  statusIn(object, 'Progressing') === 'True'

/** Nothing is lost when the first pods are asked for again. */
const wasScaledToZero = (object: KubeObject | undefined): boolean =>
  conditionIn(object, 'Available')?.['reason'] === 'ScaledToZero'

/** Pods that go and come because of a rollout are its business: whoever asked for it sees it in the conditions. */
const availability = (written: Written): ReadonlyArray<ClusterEvent> => {
  const { before, after } = written
  if (turned('Available', 'True', 'False', written)) {
    return isMoving(before) || isMoving(after) || wasScaledToZero(before)
      ? []
      : [warning('Unavailable', messageIn(after, 'Available'))]
  }
  if (!turned('Available', 'False', 'True', written)) return []
  // RFC 3339 in UTC: the order of the texts is that of the times.
  const lostInRollout =
    isMoving(before) && sinceIn(before, 'Progressing') <= sinceIn(before, 'Available')
  return lostInRollout ? [] : [normal('Available', messageIn(after, 'Available'))]
}

const degradation = (written: Written): ReadonlyArray<ClusterEvent> => {
  const { before, after } = written
  if (statusIn(after, 'Degraded') === 'True' && statusIn(before, 'Degraded') !== 'True') {
    return [warning('Degraded', messageIn(after, 'Degraded'))]
  }
  return turned('Degraded', 'True', 'False', written)
    ? [normal('Recovered', 'The registry is no longer degraded')]
    : []
}

const removal = (written: Written): ReadonlyArray<ClusterEvent> =>
  turned('Removed', 'False', 'True', written)
    ? [normal('Removed', messageIn(written.after, 'Removed'))]
    : []
