import {
  type Condition,
  isJsonObject,
  type JsonObject,
  keyOf,
  names,
  objectRef,
  objectsOf,
} from '../model'
import { type DaemonSetView, daemonSetView } from './daemon-set-view'
import { elapsedMs } from './elapsed-ms'
import { failureTexts, ofPart } from './failure'
import type { PartConditions } from './part-conditions'
import { ONE_SECOND_MS, PART_PATIENCE_MS } from './patience'
import type { Situation } from './situation'
import { previousCondition } from './timed-condition'

const DAEMON_SET = keyOf(
  objectRef('apps/v1', 'DaemonSet', names.NODE_CA_NAME, names.REGISTRY_NAMESPACE),
)

type Told = Omit<Condition, 'type'>

const told = (status: Told['status'], reason: string, text: string): Told => ({
  status,
  reason,
  message: text === '' ? '' : `The daemon set ${names.NODE_CA_NAME} ${text}`,
})

const AS_EXPECTED = told('False', 'AsExpected', '')
const DEPLOYED = told('False', 'AsExpected', 'is deployed')
const UPDATING = told('True', 'Progressing', 'is updating node pods')

/** How the DaemonSet node-ca fares; nothing where there is none, and none is wanted. */
export const nodeCaConditions = (given: Situation): PartConditions => {
  const found = viewOf(given)
  if (found === undefined && given.facts.platform !== 'OpenShift') return { conditions: [] }
  const { degraded, ...wait } = controllerDegraded(given)
  return {
    conditions: [
      { type: 'NodeCADaemonAvailable', ...available(found) },
      { type: 'NodeCADaemonProgressing', ...progressing(given, found) },
      { type: 'NodeCADaemonControllerDegraded', ...degraded },
    ],
    ...wait,
  }
}

/** The entry for `status.generations`: which generation of the DaemonSet the conditions are about; undefined without one. */
export const nodeCaGeneration = (given: Situation): JsonObject | undefined => {
  const found = viewOf(given)
  return found === undefined
    ? undefined
    : {
        group: 'apps',
        resource: 'daemonsets',
        namespace: names.REGISTRY_NAMESPACE,
        name: names.NODE_CA_NAME,
        lastGeneration: found.generation,
        hash: '',
      }
}

const viewOf = ({ live }: Situation): DaemonSetView | undefined => {
  const found = live.get(DAEMON_SET)
  return found === undefined ? undefined : daemonSetView(found)
}

const available = (found: DaemonSetView | undefined): Told => {
  if (found === undefined) return told('False', 'NotFound', 'does not exist')
  return found.numberAvailable > 0
    ? told('True', 'AsExpected', 'has available replicas')
    : told('False', 'NoAvailableReplicas', 'does not have available replicas')
}

/**
 * A rollout begins with a new generation and ends once: afterwards a node that joins, leaves or starts anew changes
 * the numbers, but is no progress towards another configuration. Nor are pods on nodes where they should not be.
 */
const progressing = (given: Situation, found: DaemonSetView | undefined): Told => {
  if (found === undefined) return told('True', 'NotFound', 'does not exist')
  if (!found.isObserved) return UPDATING
  if (wasDeployed(given, found)) return DEPLOYED
  return found.updatedNumberScheduled < found.desiredNumberScheduled ? UPDATING : DEPLOYED
}

/** Whether the Config says already that this very generation has been rolled out. */
const wasDeployed = ({ subject }: Situation, { generation }: DaemonSetView): boolean => {
  const status = isJsonObject(subject['status']) ? subject['status'] : {}
  const recorded = objectsOf(status['generations']).find(
    ({ resource, name }) => resource === 'daemonsets' && name === names.NODE_CA_NAME,
  )
  return (
    recorded?.['lastGeneration'] === generation &&
    previousCondition(subject, 'NodeCADaemonProgressing')?.status === 'False'
  )
}

type Degradation = { readonly degraded: Told; readonly waitMs?: number }

const controllerDegraded = (given: Situation): Degradation => {
  const failures = ofPart(given.allFailures, 'node-ca')
  if (failures.length === 0) return { degraded: AS_EXPECTED }
  const elapsed = elapsedMs(given.failingSince['node-ca'] ?? given.now, given.now)
  if (elapsed >= PART_PATIENCE_MS) {
    return { degraded: { status: 'True', reason: 'Error', message: failureTexts(failures) } }
  }
  return { degraded: asBefore(given), waitMs: PART_PATIENCE_MS - elapsed + ONE_SECOND_MS }
}

/** Until the threshold nothing new is said: after a restart of the operator an old trouble stays told. */
const asBefore = ({ subject }: Situation): Told => {
  const previous = previousCondition(subject, 'NodeCADaemonControllerDegraded')
  return previous?.status === 'True'
    ? { status: previous.status, reason: previous.reason, message: previous.message }
    : AS_EXPECTED
}
