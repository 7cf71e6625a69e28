import type { KubeObject } from '@image-registry-operator/render/model'

/** Names of RBAC objects hold colons, which some file systems do not take. */
const nameOf = (...parts: ReadonlyArray<string>): string =>
  parts
    .join('-')
    .toLowerCase()
    .replace(/[^a-z0-9.-]/g, '-')

const shortName = ({ kind, metadata }: KubeObject): string => nameOf(kind, metadata.name)

/** What the file of an object is called among those of others, without its ending: by its namespace too, where that tells it apart. */
export const objectFileName = (object: KubeObject, objects: ReadonlyArray<KubeObject>): string => {
  const short = shortName(object)
  const isAlone = objects.filter((other) => shortName(other) === short).length <= 1
  const { kind, metadata } = object
  return isAlone ? short : nameOf(kind, metadata.namespace ?? 'cluster', metadata.name)
}
