import {
  groupOf,
  isJsonObject,
  type Json,
  type KubeObject,
  names,
  type TagCount,
} from '../../model'

const SOURCES = ['imported', 'pushed'] as const
const LOCATIONS = ['openshift', 'other'] as const

const isImageStream = ({ apiVersion, kind }: KubeObject): boolean =>
  kind === 'ImageStream' && groupOf(apiVersion) === names.IMAGE_GROUP

const locationOf = ({ metadata }: KubeObject): TagCount['location'] =>
  metadata.namespace?.startsWith('openshift') === true ? 'openshift' : 'other'

const countOf = ({ tags }: KubeObject, source: TagCount['source']): number => {
  const count: Json | undefined = isJsonObject(tags) ? tags[source] : undefined
  return typeof count === 'number' ? count : 0
}

const sum = (counts: ReadonlyArray<number>): number => counts.reduce((all, one) => all + one, 0)

/**
 * How many tags the image streams of the cluster have, by where they come from and whether their namespace is one of
 * OpenShift's own. Nothing is said where there are no image streams.
 */
export const imageStreamTags = (objects: ReadonlyArray<KubeObject>): ReadonlyArray<TagCount> => {
  const streams = objects.filter(isImageStream)
  if (streams.length === 0) return []
  return LOCATIONS.flatMap((location) => {
    const here = streams.filter((stream) => locationOf(stream) === location)
    return SOURCES.map((source) => ({
      source,
      location,
      count: sum(here.map((stream) => countOf(stream, source))),
    }))
  })
}
