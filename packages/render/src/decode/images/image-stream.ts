import { isJsonArray, isJsonObject, type KubeObject, objectsOf } from '../../model'

/** An ImageStream of which nothing is left but how many tags it has; doing it twice changes nothing more. */
export const countedImageStream = (object: KubeObject): KubeObject => {
  const { apiVersion, kind, metadata } = object
  const { name, namespace, uid, resourceVersion } = metadata
  return {
    apiVersion,
    kind,
    metadata: {
      name,
      ...(namespace === undefined ? {} : { namespace }),
      ...(uid === undefined ? {} : { uid }),
      ...(resourceVersion === undefined ? {} : { resourceVersion }),
    },
    tags: isJsonObject(object['tags']) ? object['tags'] : tagsOf(object),
  }
}

/** A tag that the spec names is imported from elsewhere; any other one has been pushed. */
const tagsOf = ({ spec, status }: KubeObject) => {
  const named = namesIn(spec, 'name')
  const all = namesIn(status, 'tag')
  const imported = all.filter((tag) => named.includes(tag)).length
  return { imported, pushed: all.length - imported }
}

const namesIn = (holder: unknown, key: string): ReadonlyArray<unknown> =>
  isJsonObject(holder) && isJsonArray(holder['tags'])
    ? objectsOf(holder['tags']).map((tag) => tag[key])
    : []
