import type { ClusterEvent } from '@image-registry-operator/render'
import { names, type KubeObject, type ObjectRef } from '@image-registry-operator/render/model'

/** Who tells, when, and what makes the name of an Event its own. */
export type Telling = {
  /** Of the pod that tells; empty outside of a cluster. */
  readonly podName: string
  /** Milliseconds since 1970. */
  readonly atMs: number
  /** How many this process has told before. */
  readonly countBefore: number
  /** Four bytes. */
  readonly random: Uint8Array
}

const COMPONENT = 'image-registry-operator'
/** The Deployment of the operator in a cluster: the original's name. */
const OPERATOR_DEPLOYMENT = 'cluster-image-registry-operator'
/** The API server takes a thousand and some. */
const LONGEST_MESSAGE = 1_000

/**
 * Whom Events are about: the operator. Not the Config, because an Event about a cluster-scoped object has to be in the
 * namespace `default`, where nobody looks for it; and by name only, because its uid would have to be read.
 */
const involvedObject = (podName: string): ObjectRef => ({
  namespace: names.REGISTRY_NAMESPACE,
  ...(podName === ''
    ? { apiVersion: 'v1', kind: 'Namespace', name: names.REGISTRY_NAMESPACE }
    : { apiVersion: 'apps/v1', kind: 'Deployment', name: OPERATOR_DEPLOYMENT }),
})

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')

/** The clock is not that fine: the count keeps two Events of the same millisecond apart. */
const nanoseconds = ({ atMs, countBefore }: Telling): string =>
  (BigInt(Math.round(atMs)) * 1_000_000n + BigInt(countBefore % 1_000_000)).toString(16)

const shortened = (text: string): string =>
  text.length > LONGEST_MESSAGE ? `${text.slice(0, LONGEST_MESSAGE - 1)}…` : text

/** The Event as it is written. */
export const eventObject = (
  { type, reason, message, from, related }: ClusterEvent,
  telling: Telling,
): KubeObject => {
  const { podName, atMs, random } = telling
  const involved = involvedObject(podName)
  const component = from === 'operator' ? COMPONENT : `${COMPONENT}-${from}`
  const time = new Date(atMs).toISOString().replace(/\.\d+Z$/, 'Z')
  return {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: {
      name: `${involved.name}.${nanoseconds(telling)}.${hex(random)}`,
      namespace: names.REGISTRY_NAMESPACE,
    },
    involvedObject: involved,
    ...(related === undefined ? {} : { related }),
    type,
    reason,
    message: shortened(message),
    count: 1,
    firstTimestamp: time,
    lastTimestamp: time,
    source: { component },
    reportingComponent: component,
    reportingInstance: podName,
  }
}
