import {
  type ClusterFacts,
  groupOf,
  type KubeObject,
  namedRegistryBuild,
  names,
  textOf,
  type Writers,
} from '../../model'
import { ofKind } from '../readings'

const CONFIG_GROUP = groupOf(names.CONFIG_API_VERSION)

/** Which registry has kept images where, as the Config remembers it; what cannot be read is not said. */
export const writers = (objects: ReadonlyArray<KubeObject>): ClusterFacts['writers'] => {
  const config = ofKind(objects, CONFIG_GROUP, 'Config').find(
    ({ metadata }) => metadata.name === names.SINGLETON_NAME,
  )
  const said = (annotation: string): Writers =>
    parsed(textOf(config?.metadata.annotations?.[annotation]))
  return {
    remembered: said(names.WRITERS_ANNOTATION),
    said: said(names.SAID_WRITERS_ANNOTATION),
  }
}

const parsed = (text: string): Writers =>
  Object.fromEntries(
    text.split(',').flatMap((entry) => {
      const [place = '', name = ''] = entry.trim().split('=')
      const build = namedRegistryBuild(name)
      return place === '' || build === undefined ? [] : [[place, build]]
    }),
  )
