import { fieldStep } from '../fields/field-path'
import { valueAt } from '../fields/value-at'
import {
  type ClusterFacts,
  type ContentDigests,
  isJsonObject,
  type Json,
  type JsonObject,
  type KubeObject,
  names,
  objectsOf,
  textOf,
} from '../model'

const VOLUMES = ['spec', 'template', 'spec', 'volumes'].map(fieldStep)

const KINDS: ReadonlyArray<readonly [string, ContentDigests['kind'], string]> = [
  ['secret', 'Secret', 'secretName'],
  ['configMap', 'ConfigMap', 'name'],
]

const objectIn = (volume: JsonObject, field: string): JsonObject | undefined => {
  const value: Json | undefined = volume[field]
  return isJsonObject(value) ? value : undefined
}

/** In a projected volume a Secret is called by `name`, too. */
const nameIn = (source: JsonObject, field: string): string =>
  textOf(source[field] ?? source['name'] ?? '')

/** What is kept of most ConfigMaps is only that they are there. */
const hasItems = ({ entries }: ContentDigests, source: JsonObject): boolean =>
  Object.keys(entries).length === 0 ||
  objectsOf(source['items']).every(({ key }) => Object.hasOwn(entries, textOf(key)))

const contentNamed = (
  { contents }: Pick<ClusterFacts, 'contents'>,
  kind: ContentDigests['kind'],
  name: string,
): ContentDigests | undefined =>
  contents.find(
    (one) => one.kind === kind && one.namespace === names.REGISTRY_NAMESPACE && one.name === name,
  )

const isMountable =
  (facts: Pick<ClusterFacts, 'contents' | 'claims'>) =>
  (volume: JsonObject): boolean => {
    const claim = objectIn(volume, 'persistentVolumeClaim')
    if (claim !== undefined)
      return facts.claims.some(({ name }) => name === textOf(claim['claimName']))
    const projected = objectIn(volume, 'projected')
    if (projected !== undefined) return objectsOf(projected['sources']).every(isMountable(facts))
    return KINDS.every(([field, kind, nameField]) => {
      const source = objectIn(volume, field)
      if (source === undefined || source['optional'] === true) return true
      const found = contentNamed(facts, kind, nameIn(source, nameField))
      return found !== undefined && hasItems(found, source)
    })
  }

/** Whether all that the pods of a Deployment mount is there: without it a new pod does not start. */
export const hasMountedSources = (
  deployment: KubeObject,
  facts: Pick<ClusterFacts, 'contents' | 'claims'>,
): boolean => objectsOf(valueAt(deployment, VOLUMES)).every(isMountable(facts))
