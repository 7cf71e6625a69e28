import * as E from 'fp-ts/Either'

import { isJsonObject, keyOf, type PodsReason } from '../model'
import type { DeploymentView } from './deployment-view'
import { DEPLOYMENT, type Situation } from './situation'
import { previousCondition } from './timed-condition'

type Cause = { readonly reason: PodsReason; readonly message: string }

const UNOBSERVED: Cause = {
  reason: 'DeploymentNotObserved',
  message: 'The deployment has been changed, and its controller has not looked at it yet',
}

const SCALING: Cause = {
  reason: 'Scaling',
  message: 'The deployment does not have as many replicas yet as it should have',
}

/**
 * What pods are still to do after something was wanted anew, until all of them are as wanted; undefined when there is
 * nothing. Pods that only move to another node are not under way to anything new.
 */
export const podsUnderWay = (given: Situation): Cause | undefined => {
  const { state, deployment } = given
  if (state !== 'Managed' || deployment === undefined) return undefined
  if (!isReconciling(given) && !isNews(given)) return undefined
  if (deployment.rollout === 'unobserved') return UNOBSERVED
  return isAsWanted(deployment) ? undefined : SCALING
}

const isAsWanted = ({ wantedReplicas, replicas, availableReplicas }: DeploymentView): boolean =>
  replicas === wantedReplicas && availableReplicas === replicas

/** What once began is under way until it ends. */
const isReconciling = ({ subject }: Situation): boolean =>
  previousCondition(subject, 'Reconciling')?.status === 'True'

/** The Deployment was written in this pass, or the pass that wrote it did not come to say so. */
const isNews = ({ subject, outcome }: Situation): boolean =>
  outcome.some(({ action, result }) => E.isRight(result) && keyOf(action.ref) === DEPLOYMENT) ||
  !isJsonObject(subject['status']) ||
  subject['status']['observedGeneration'] !== subject.metadata.generation
