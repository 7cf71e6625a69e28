import { appliedFields } from '../fields/managed-fields'
import { type KubeObject, names, type OwnershipProof } from '../model'

/** Kinds on which the ownership annotation counts: those of which users make their own beside ours. */
const ANNOTATED_KINDS = ['Route', 'PersistentVolumeClaim']

/** What the original operator marks with its checksum, under the names that it always uses. */
const MADE_BY_THE_ORIGINAL: ReadonlyArray<readonly [kind: string, name: string]> = [
  ['ClusterRole', names.CLUSTER_ROLE_NAME],
  ['ClusterRoleBinding', names.CLUSTER_ROLE_BINDING_NAME],
  ['ServiceAccount', names.SERVICE_ACCOUNT_NAME],
  ['Secret', names.PULL_SECRET_COPY],
  ['Secret', names.PRIVATE_CONFIGURATION_SECRET],
  ['Service', names.REGISTRY_NAME],
  ['Deployment', names.REGISTRY_NAME],
  ['PodDisruptionBudget', names.REGISTRY_NAME],
]

const bears = ({ metadata }: KubeObject, annotation: string): boolean =>
  annotation in (metadata.annotations ?? {})

const annotationOf = (object: KubeObject): string | undefined => {
  const { kind, metadata } = object
  const candidates = [
    ...(ANNOTATED_KINDS.includes(kind) ? [names.OWNERSHIP_ANNOTATION] : []),
    ...(MADE_BY_THE_ORIGINAL.some(([aKind, name]) => aKind === kind && name === metadata.name)
      ? [names.CHECKSUM_ANNOTATION]
      : []),
  ]
  return candidates.find((annotation) => bears(object, annotation))
}

/** What on an object shows that this operator, or the original one, made it; undefined when nothing does. */
export const ownershipProof = (object: KubeObject): OwnershipProof | undefined => {
  if (appliedFields(object, names.FIELD_MANAGER) !== undefined) {
    return { _tag: 'FieldManager', manager: names.FIELD_MANAGER }
  }
  const key = annotationOf(object)
  return key === undefined ? undefined : { _tag: 'Annotation', key }
}
