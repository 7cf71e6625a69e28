import * as E from 'fp-ts/Either'

import {
  type ClusterFacts,
  names,
  objectRef,
  type Pruner,
  PRUNER_DEFAULTS,
  type RenderProblem,
  type Wishes,
} from '../../model'
import { internalRegistryHostname } from '../exposure/registry-hostname'
import { converging, convergingPlain, type Rendered, withheld } from '../rendered'
import { garbageCollection } from './garbage-collection'
import { prunerCronJob } from './pruner-cron-job'
import { networkPolicy } from './pruner-network-policy'
import { clusterRole } from './pruner-role'
import { clusterRoleBinding } from './pruner-role-binding'
import { serviceAccount } from './pruner-service-account'

const CRON_JOB = objectRef('batch/v1', 'CronJob', names.PRUNER_NAME, names.REGISTRY_NAMESPACE)

/**
 * The regular clean-up of images, whether there is a registry or not: the cluster keeps records of images that are
 * elsewhere, too. Only OpenShift has image streams: on plain Kubernetes the registry's own garbage is collected.
 */
export const pruner = (wishes: Wishes, facts: ClusterFacts): ReadonlyArray<Rendered> =>
  facts.platform === 'OpenShift'
    ? [
        converging(clusterRole),
        converging(clusterRoleBinding),
        converging(serviceAccount),
        convergingPlain(networkPolicy),
        cronJob(wishes, facts),
      ]
    : garbageCollection(wishes, facts)

const cronJob = (wishes: Wishes, facts: ClusterFacts): Rendered => {
  const wanted = wantedPruner(wishes)
  return E.isLeft(wanted)
    ? withheld(CRON_JOB, wanted.left)
    : converging(
        prunerCronJob(wanted.right, {
          image: facts.release.prunerImage,
          hostname: internalRegistryHostname(wishes, facts),
        }),
      )
}

/** Where there is no ImagePruner one is made in the same pass: the CronJob need not wait for it. */
const wantedPruner = ({ pruner: wish }: Wishes): E.Either<RenderProblem, Pruner> => {
  if (E.isRight(wish)) return wish
  switch (wish.left._tag) {
    case 'NoPruner':
      return E.right({ ...PRUNER_DEFAULTS, ignoreInvalidImageReferences: true })
    case 'InvalidPruner':
      return E.left({ _tag: 'PrunerUnusable', problems: wish.left.problems })
  }
}
