import * as E from 'fp-ts/Either'

import { names, type FactProblem, type KubeObject } from '../../model'

/** On plain Kubernetes nobody assigns groups to namespaces; any group that is not root will do. */
const GROUP_ON_KUBERNETES = 1000
/** The API server accepts no larger group of volumes. */
const LARGEST_GROUP = 2 ** 31 - 1

const namespace = names.REGISTRY_NAMESPACE
const annotation = names.SUPPLEMENTAL_GROUPS_ANNOTATION

const firstGroup = (value: string): E.Either<FactProblem, number> => {
  const digits = /^\+?(\d{1,10})\//.exec(value)?.[1]
  const group = Number(digits ?? NaN)
  return group <= LARGEST_GROUP
    ? E.right(group)
    : E.left({ _tag: 'AnnotationMalformed', namespace, annotation, value })
}

/** The group that owns volumes: the first of the range that OpenShift has assigned to our namespace. */
export const fsGroup = (
  platform: 'OpenShift' | 'Kubernetes',
  ours: KubeObject | undefined,
): E.Either<FactProblem, number> => {
  const range = ours?.metadata.annotations?.[annotation]
  if (range !== undefined) return firstGroup(range)
  if (platform === 'Kubernetes') return E.right(GROUP_ON_KUBERNETES)
  return ours === undefined
    ? E.left({ _tag: 'NamespaceMissing', namespace })
    : E.left({ _tag: 'AnnotationMissing', namespace, annotation })
}
