import * as E from 'fp-ts/Either'

import { ownershipProof } from '../fields/ownership'
import {
  type DesiredState,
  isJsonObject,
  keyOf,
  type KubeObject,
  names,
  objectRef,
  type Observation,
  type PatchObject,
  refOf,
} from '../model'

const CRON_JOB = keyOf(
  objectRef('batch/v1', 'CronJob', names.PRUNER_NAME, names.REGISTRY_NAMESPACE),
)

/** Nobody wants clean-ups: they are suspended, or who asked for them has been deleted, or there is no registry. */
const isUnwanted = ({ pruner, config }: Pick<Observation, 'pruner' | 'config'>): boolean =>
  E.isLeft(pruner)
    ? pruner.left._tag === 'NoPruner'
    : pruner.right.suspend || (E.isRight(config) && config.right.managementState === 'Removed')

const isStuckAsItWas = ({ withheld }: DesiredState): boolean =>
  withheld.some(({ ref }) => keyOf(ref) === CRON_JOB)

const isAwake = ({ spec }: KubeObject): boolean => isJsonObject(spec) && spec['suspend'] === false

/**
 * Suspends clean-ups that nobody wants any more, on plain Kubernetes, while their CronJob cannot be said as a whole, e.g. because
 * the storage is one now that no clean-up can see. What it was told before stays, but for that: its Jobs are reports.
 */
export const suspension = (
  desired: DesiredState,
  observation: Observation,
): ReadonlyArray<PatchObject> => {
  const cronJob = observation.live.get(CRON_JOB)
  return cronJob === undefined ||
    observation.facts.platform === 'OpenShift' ||
    !isStuckAsItWas(desired) ||
    !isUnwanted(observation) ||
    !isAwake(cronJob) ||
    ownershipProof(cronJob) === undefined
    ? []
    : [
        {
          _tag: 'PatchObject',
          ref: refOf(cronJob),
          before: cronJob,
          operations: [
            { op: 'test', path: '/spec/suspend', value: false },
            { op: 'replace', path: '/spec/suspend', value: true },
          ],
          changes: [{ path: 'spec.suspend', why: 'differs', live: false, wanted: true }],
          because: 'nobody wants clean-ups any more',
        },
      ]
}
