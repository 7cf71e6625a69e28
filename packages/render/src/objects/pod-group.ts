import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'

import type { ClusterFacts, FactProblem } from '../model'

/** Plain Kubernetes assigns no groups to namespaces; the registry's image does not run as root there either. */
const KUBERNETES_GROUP = 1000

/** The group that owns the volumes of the pod. */
export const podGroup = ({ fsGroup, platform }: ClusterFacts): E.Either<FactProblem, number> =>
  pipe(
    fsGroup,
    E.orElse((problem) =>
      platform === 'Kubernetes' && problem._tag !== 'AnnotationMalformed'
        ? E.right(KUBERNETES_GROUP)
        : E.left(problem),
    ),
  )
