import { type KubeObject, names } from '../../model'

const isDefault = ({ metadata: { annotations = {} } }: KubeObject): boolean =>
  names.DEFAULT_CLASS_ANNOTATIONS.some(
    (name) => Object.hasOwn(annotations, name) && annotations[name] === 'true',
  )

const createdAt = ({ metadata: { creationTimestamp } }: KubeObject): string =>
  typeof creationTimestamp === 'string' ? creationTimestamp : ''

/** The newest first, as Kubernetes chooses where several are marked (kubernetes/kubernetes pkg/volume/util/storageclass.go); then by name. */
const earlier = (a: KubeObject, b: KubeObject): number => {
  if (createdAt(a) !== createdAt(b)) return createdAt(a) > createdAt(b) ? -1 : 1
  return a.metadata.name < b.metadata.name ? -1 : 1
}

/** The class of claims that name none; undefined where there is none. */
export const defaultStorageClass = (classes: ReadonlyArray<KubeObject>): string | undefined =>
  [...classes.filter(isDefault)].sort(earlier)[0]?.metadata.name
